import { randomUUID } from "node:crypto";
import type { CreateSaleRequest, SaleNumbers } from "../core/contract/admin.ts";
import type { SaleId } from "../core/ids.ts";
import { callUntilAnswered } from "../local/call-until-answered.ts";
import { localSession } from "./local-session.ts";

const MINUTE_MS = 60_000;

/** Creates a sale through the admin API, as an operator would; open now unless `settings` say otherwise. */
export async function createSale(
  apiUrl: string,
  settings: Pick<CreateSaleRequest, "name" | "allocated"> & Partial<CreateSaleRequest>,
  token = localSession("operator").token,
): Promise<SaleId> {
  const body = {
    priceMinor: 1000,
    currency: "EUR",
    startsAt: new Date(Date.now() - MINUTE_MS).toISOString(),
    ...settings,
  };
  const call = { body, token, idempotencyKey: randomUUID() };
  return (await callUntilAnswered<SaleNumbers>(apiUrl, "POST /api/admin/sales", call)).saleId;
}

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CreateSaleRequest, SaleNumbers } from "../core/contract/admin.ts";
import type { SaleId } from "../core/ids.ts";
import { callApi } from "../local/call-api.ts";
import { localSession } from "./local-session.ts";

const MINUTE_MS = 60_000;
/** After a fault, functions may first have to connect anew. */
const ATTEMPTS = 5;
const RETRY_AFTER_MS = 1_000;

/** Creates a sale through the admin API, as an operator would; open now unless `settings` say otherwise. */
export async function createSale(
  apiUrl: string,
  settings: Pick<CreateSaleRequest, "name" | "allocated"> & Partial<CreateSaleRequest>,
): Promise<SaleId> {
  const body = {
    priceMinor: 1000,
    currency: "EUR",
    startsAt: new Date(Date.now() - MINUTE_MS).toISOString(),
    ...settings,
  };
  const { token } = localSession("operator");
  const call = { body, token, idempotencyKey: randomUUID() };
  for (let attempt = 1; ; attempt++)
    try {
      return (await callApi<SaleNumbers>(apiUrl, "POST /api/admin/sales", call)).saleId;
    } catch (error) {
      if (attempt === ATTEMPTS || !(error as Error).message.includes("answered 503")) throw error;
      await sleep(RETRY_AFTER_MS);
    }
}

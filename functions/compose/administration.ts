import { databaseClient, gateClient, ledgerClients } from "../../core/clients.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import type { SaleNumbers } from "../../core/contract/admin.ts";
import { type AdministrationDependencies, updateSale } from "../../core/administration/administer-sales.ts";
import type { SaleChange } from "../../core/sale/change-sale.ts";
import { readGateOf } from "../../core/watch/read-gate.ts";
import { saleNumbers } from "../../core/watch/sale-view.ts";
import type { Sale } from "../../core/sale/sale.ts";
import { countOrders } from "../../core/sale/sales.postgres.ts";
import { type Answer, refuse } from "../answer/answer.ts";
import type { RequestOf } from "./endpoint.ts";
import { readPathId } from "../request/request.ts";

const config = loadConfig([
  "REDIS_URL",
  "REDIS_CLUSTER",
  "REDIS_CA",
  "DATABASE_URL",
  "LEDGER_TABLE",
  "DYNAMODB_ENDPOINT",
  "SESSION_SECRET",
]);

/** What the admin functions work with. */
export async function administration(): Promise<AdministrationDependencies> {
  const [db, { saleRecords }] = await Promise.all([databaseClient(config), ledgerClients(config)]);
  return { db, gate: gateClient(config), records: saleRecords };
}

/** A sale with each store's own numbers. */
export async function numbersOf(deps: AdministrationDependencies, sale: Sale): Promise<SaleNumbers> {
  const [reading, orders] = await Promise.all([
    readGateOf(deps.gate, sale),
    countOrders(deps.db, sale.saleId),
  ]);
  return saleNumbers(sale, reading, orders, systemClock.nowMs());
}

type ChangeRequest = Pick<RequestOf<"updateSale">, "event" | "session" | "requestId">;

/** Changes a sale and answers its numbers after it. */
export async function applyChange(request: ChangeRequest, change: SaleChange): Promise<Answer> {
  const saleId = readPathId(request.event, "saleId");
  const { buyerId, role } = request.session;
  const actor = { buyerId, role, requestId: request.requestId };
  const deps = await administration();
  const outcome = await updateSale(deps, saleId, change, actor);
  switch (outcome.kind) {
    case "changed":
      // It is recorded and holds soon, but units may be sold as before until then: that is not to be called done.
      if (!outcome.isInForce)
        return refuse("unavailable", {
          detail: "Recorded, and in force within seconds",
          retryAfterSeconds: 2,
        });
      return { status: 200, body: await numbersOf(deps, outcome.sale) };
    case "conflict":
      return refuse("conflict", { detail: outcome.why });
    case "not_found":
      return refuse("not_found", { detail: "There is no such sale" });
    case "recovering":
      return refuse("recovering", { retryAfterSeconds: 2 });
    default:
      return outcome satisfies never;
  }
}

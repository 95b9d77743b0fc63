import { databaseClient } from "../../core/clients/database.ts";
import { gateClient } from "../../core/clients/gate.ts";
import { gateConnection } from "../../core/clients/purchase-gate.ts";
import { addressesClient } from "../../core/clients/identity.ts";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { loadConfig } from "../../core/config.ts";
import { createGateContents } from "../../core/gate/gate-contents.redis.ts";
import { isAllowed } from "../../core/identity/session.ts";
import type { HoldsDependencies } from "../../core/merchant-orders/find-holds.ts";
import { findOrders, ordersCsv } from "../../core/merchant-orders/find-orders.ts";
import { findSale } from "../../core/sale/sales.postgres.ts";
import { csvFile, refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig([
  "DATABASE_URL",
  "IDENTITY_TABLE",
  "LEDGER_TABLE",
  "DYNAMODB_ENDPOINT",
  "REDIS_URL",
  "REDIS_CLUSTER",
  "REDIS_CA",
  "SESSION_SECRET",
]);

/** Which holds there are the gate knows, and what they are the ledger. */
async function holds(): Promise<HoldsDependencies> {
  const { ledger } = await ledgerClients(config);
  return { gate: gateClient(config), contents: createGateContents(gateConnection(config)), ledger };
}

export const handler = endpoint("saleOrders", async ({ event, query, session }) => {
  const saleId = readPathId(event, "saleId");
  const [db, addresses] = await Promise.all([databaseClient(config), addressesClient(config)]);
  const sale = await findSale(db, saleId);
  if (!sale) return refuse("not_found", { detail: "There is no such sale" });
  const deps = { db, addresses, holds };
  const page = await findOrders(deps, sale, query, isAllowed(session.role, "operator"));
  if (page === null) return refuse("recovering", { retryAfterSeconds: 2 });
  if (query.format === "json") return { status: 200, body: page };
  const text = ordersCsv(page.orders, query.after === undefined);
  return csvFile(`orders-${saleId}`, text, page.next === null ? {} : { "x-next": page.next });
});

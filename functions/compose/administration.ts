import { databaseClient } from "../../core/clients/database.ts";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { gateClient } from "../../core/clients/gate.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import type { SaleNumbers } from "../../core/contract/admin.ts";
import type { AdministrationDependencies } from "../../core/administration/administration-dependencies.ts";
import { readGateOf } from "../../core/watch/read-gate.ts";
import { saleNumbers } from "../../core/watch/sale-view.ts";
import type { Sale } from "../../core/sale/sale.ts";
import { countOrders } from "../../core/sale/sales.postgres.ts";

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

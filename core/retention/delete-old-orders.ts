import type { Kysely } from "kysely";
import type { Clock } from "../clock.ts";
import type { Database } from "../postgres/database.ts";
import { ordersGoBefore } from "./keep-until.ts";
import type { LedgerItems } from "./ledger-items.dynamo.ts";
import { deleteOrders, hasTwin, noteForgotten, salesToForget } from "./old-orders.postgres.ts";

export type RetentionDependencies = {
  readonly db: Kysely<Database>;
  readonly ledgerItems: LedgerItems;
  readonly clock: Clock;
  readonly ordersAtOnce?: number;
};

/** It shares its function with others; what is left is taken up a quarter of an hour later. */
const LONGEST_MS = 60_000;
const MOST_SALES = 5;
const ORDERS_AT_ONCE = 500;

/**
 * Deletes the orders of sales whose time to be kept is over: first from the ledger, then their rows, batch by batch. Cut off anywhere
 * it goes on in the next run.
 * @returns how many orders.
 */
export async function deleteOldOrders(deps: RetentionDependencies): Promise<number> {
  const { db, ledgerItems, clock, ordersAtOnce = ORDERS_AT_ONCE } = deps;
  const before = new Date(ordersGoBefore(clock.nowMs()));
  const endsAtMs = clock.monotonicMs() + LONGEST_MS;
  const isTimeOver = () => clock.monotonicMs() > endsAtMs;
  let total = 0;
  for (const saleId of await salesToForget(db, before, MOST_SALES)) {
    if (!(await ledgerItems.forget(saleId, await hasTwin(db, saleId), isTimeOver))) return total;
    for (;;) {
      if (isTimeOver()) return total;
      const deleted = await deleteOrders(db, saleId, before, ordersAtOnce);
      total += deleted;
      if (deleted === 0) break;
    }
    await noteForgotten(db, saleId, clock.nowMs());
  }
  return total;
}

import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Database } from "../../postgres/database.ts";
import { isSettled } from "../../reconciliation/report.ts";
import type { SaleRecords } from "../../sale/sale-record.dynamo.ts";
import { closeSale, storeReport } from "../guarded-sales.postgres.ts";
import type { Duty } from "./duty.ts";
import { isOverAt } from "./is-over.ts";

/** Purchases and messages of a sale that just ended are given this long before it is closed. */
const CLOSE_AFTER_MS = 10_000;

export type CloseDependencies = {
  readonly db: Kysely<Database>;
  readonly saleRecords: SaleRecords;
  readonly clock: Clock;
};

/** Closes a sale that has been over for a while, once the stores agree on every order and nobody waits for a decision. */
export function closeDuty(deps: CloseDependencies): Duty {
  let overSinceMs: number | null = null;

  return async ({ sale, view, comparison }) => {
    const nowMs = deps.clock.monotonicMs();
    overSinceMs = isOverAt(sale, view.nowMs) ? (overSinceMs ?? nowMs) : null;
    if (overSinceMs === null || nowMs - overSinceMs <= CLOSE_AFTER_MS) return "next";
    if (!comparison || !isSettled(comparison.report)) return "next";
    await storeReport(deps.db, sale.saleId, comparison.report);
    const closed = await closeSale(deps.db, sale, view.nowMs);
    if (closed) await deps.saleRecords.put(closed);
    return "done";
  };
}

import type { Kysely } from "kysely";
import { type Clock, startStopwatch } from "../clock.ts";
import { faultPoint } from "../fault-point.ts";
import type { GateRebuild } from "../gate/rebuild.redis.ts";
import type { SaleId } from "../ids.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import type { Database } from "../postgres/database.ts";
import type { SaleRecords } from "../sale/sale-record.dynamo.ts";
import { findSale } from "../sale/sales.postgres.ts";
import { PURCHASE_TIME_LIMIT_SECONDS } from "../topology.ts";
import { planRebuild } from "./plan-rebuild.ts";
import { beginEpoch, decidedOrders, recordRecovery, serveEpoch } from "./recovery.postgres.ts";
import type { RecoveryReport } from "./recovery-report.ts";

/** Longer than a purchase can run, by the time that its last write to the ledger may take to arrive. */
const DRAIN_MS = PURCHASE_TIME_LIMIT_SECONDS * 1000 + 1_000;
const RENEW_EVERY_MS = 1_000;

export type RecoveryDependencies = {
  readonly db: Kysely<Database>;
  readonly ledger: Ledger;
  readonly saleRecords: SaleRecords;
  readonly rebuild: GateRebuild;
  readonly clock: Clock;
};

/**
 * Rebuilds a sale's gate from the ledger: close, drain, begin a new epoch, count, mark, open, record.
 *
 * Crash safety: the gate stays closed until everything is counted, so whoever comes next begins again. `served_epoch`
 * moves only once every counted reservation bears the new epoch's mark, so a half-done recovery never makes the next one
 * forget a reservation. Purchases in flight either reached the ledger before the drain ended, and are counted, or were
 * promised nothing.
 *
 * @param keepLease renews the guardian's lease. @throws when it is lost, or a store says that another is at work.
 */
export async function recover(
  deps: RecoveryDependencies,
  saleId: SaleId,
  why: string,
  fence: number,
  keepLease: () => Promise<void>,
): Promise<RecoveryReport> {
  const startedAtMs = deps.clock.nowMs();
  const drainStartedMs = deps.clock.monotonicMs();
  // Not a stopwatch, which takes the larger of two clocks: a wall clock that is set right would end the wait early.
  const drainedMs = () => deps.clock.monotonicMs() - drainStartedMs;
  await deps.rebuild.begin(saleId, fence);
  await faultPoint("recovery_after_begin");
  while (drainedMs() < DRAIN_MS) {
    await new Promise((resume) => setTimeout(resume, Math.min(RENEW_EVERY_MS, DRAIN_MS - drainedMs())));
    await keepLease();
  }
  const drainMs = Math.round(drainedMs());

  const rebuiltMs = startStopwatch(deps.clock);
  const { epoch, servedEpoch } = await beginEpoch(deps.db, saleId, fence);
  const [sale, rows, entries] = await Promise.all([
    findSale(deps.db, saleId),
    decidedOrders(deps.db, saleId),
    deps.ledger.ofSale(saleId),
  ]);
  if (!sale) throw new Error(`there is no sale ${saleId}`);
  const { allocated, purchaseLimit } = sale;
  const plan = planRebuild({ entries, rows, servedEpoch, allocated, purchaseLimit });
  await deps.ledger.markCounted(saleId, plan.unsettled, epoch);
  await faultPoint("recovery_after_marking");
  await serveEpoch(deps.db, saleId, epoch, fence);
  await deps.saleRecords.put(sale);
  await faultPoint("recovery_before_resume");
  await deps.rebuild.rebuild({ sale, epoch, fence, ...plan }, keepLease);

  const report: RecoveryReport = {
    found: { ledgerEntries: entries.length, orderRows: rows.size },
    rebuilt: {
      buyers: plan.buyers.size,
      soldUnits: plan.soldUnits,
      republished: plan.unsettled.length,
    },
    leftOut: plan.leftOut.map((one) => one.orderId),
    drainMs,
    rebuildMs: Math.round(rebuiltMs()),
  };
  await recordRecovery(deps.db, {
    saleId,
    epoch,
    why,
    startedAtMs,
    finishedAtMs: deps.clock.nowMs(),
    report,
  });
  return report;
}

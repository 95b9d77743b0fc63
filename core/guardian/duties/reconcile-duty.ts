import type { Clock } from "../../clock.ts";
import type { GateView } from "../../gate/gate-view.ts";
import { compareStores, type Comparison } from "../../reconciliation/compare-stores.ts";
import type { FactsDependencies } from "../../reconciliation/read-facts.ts";
import { type Difference, isSettled } from "../../reconciliation/reconcile.ts";
import { type GuardedSale, storeReport } from "../guarded-sales.postgres.ts";
import type { GuardianSigns } from "../guardian-signs.dynamo.ts";
import { recoverSale, type RecoverSaleDependencies } from "../recover-sale.ts";
import { republish } from "../relay.ts";
import type { Duty } from "./duty.ts";
import { isOverAt } from "./is-over.ts";

/** How often a sale's stores are compared order by order; it reads all of them. */
const RECONCILE_EVERY_MS = 10_000;

export type ReconcileDependencies = RecoverSaleDependencies &
  FactsDependencies & { readonly signs: GuardianSigns; readonly clock: Clock };

/** Compares the stores while something happens in a sale, mends what can be mended, and recovers what stays wrong. */
export function reconcileDuty(deps: ReconcileDependencies): Duty {
  let reconciledAtMs = Number.NEGATIVE_INFINITY;
  let settledFingerprint = "";
  let driftSeen = 0;

  return async (look) => {
    const { sale, view, fence } = look;
    const nowMs = deps.clock.monotonicMs();
    if (nowMs - reconciledAtMs < RECONCILE_EVERY_MS) return "next";
    const fingerprint = fingerprintOf(view, sale);
    if (!isOverAt(sale, view.nowMs) && settledFingerprint === fingerprint) return "next";
    reconciledAtMs = nowMs;
    look.comparison = await compareStores(deps, sale.saleId);
    if (!look.comparison) return "done";
    const { report } = look.comparison;
    const { driftUnits, inFlight } = report;
    deps.measure("DriftUnits", driftUnits);
    await deps.signs.compared(sale.saleId, { atMs: deps.clock.nowMs(), driftUnits, inFlight });
    await mend(deps, look.comparison);
    settledFingerprint = isSettled(report) ? fingerprint : "";
    if (driftUnits === 0) {
      driftSeen = 0;
      return "next";
    }
    deps.warn("the stores disagree", { saleId: sale.saleId, report });
    await storeReport(deps.db, sale.saleId, report);
    // Seen twice in a row, it is no purchase passing by. An order without an entry no rebuild can mend.
    if (report.differences.some(needsRebuild) && driftSeen++ > 0) {
      driftSeen = 0;
      await recoverSale(deps, sale.saleId, `the stores disagree on ${driftUnits} units`, fence);
    }
    return "done";
  };
}

const needsRebuild = ({ kind }: Difference) => kind === "gate_only" || kind === "missing_in_gate";

/** What moves whenever something happens in a sale; while it stands still after a clean report, nothing is compared. */
const fingerprintOf = (view: GateView, sale: GuardedSale) =>
  [view.epoch, view.stock.sold, view.stock.available, view.outboxLength, sale.sold, sale.withheld].join();

/** Publishes again what has no order yet and is overdue, and tells the gate of units that it should have back. */
async function mend(deps: ReconcileDependencies, { facts, report }: Comparison): Promise<void> {
  const idsOf = (...kinds: Difference["kind"][]) =>
    new Set(report.differences.filter(({ kind }) => kinds.includes(kind)).map(({ orderId }) => orderId));
  const overdue = idsOf("without_order", "undecided");
  const reservations = facts.ledger
    .map(({ reservation }) => reservation)
    .filter(({ orderId }) => overdue.has(orderId));
  if (reservations.length > 0) await republish(deps, reservations);
  const owed = idsOf("not_given_back");
  const saleId = facts.ledger[0]?.reservation.saleId;
  if (saleId === undefined) return;
  for (const { orderId, buyerId, unitsLeft, unitsWithheld } of facts.orders)
    if (owed.has(orderId)) await deps.gate.settle({ saleId, buyerId, orderId, unitsLeft, unitsWithheld });
}

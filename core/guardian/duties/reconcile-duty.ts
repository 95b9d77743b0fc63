import type { Clock } from "../../clock.ts";
import type { GateView } from "../../gate/gate-view.ts";
import { compareStores, type Comparison } from "../../reconciliation/compare-stores.ts";
import type { FactsDependencies } from "../../reconciliation/read-facts.ts";
import { type Difference, isSettled } from "../../reconciliation/report.ts";
import { decide } from "../../reservation/lifecycle.ts";
import type { SaleEntry } from "../../reservation/ledger.ts";
import type { OrderId } from "../../ids.ts";
import { type GuardedSale, storeReport } from "../guarded-sales.postgres.ts";
import type { GuardianSigns } from "../guardian-signs.dynamo.ts";
import { recoverSale, type RecoverSaleDependencies } from "../recover-sale.ts";
import { republish } from "../relay.ts";
import type { Duty } from "./duty.ts";
import type { Slots } from "./slots.ts";
import { isOverAt } from "./is-over.ts";

/** How soon after a comparison the next one may begin. */
const RECONCILE_EVERY_MS = 10_000;
/** A comparison reads the whole sale: it takes one part in so many of the time, however large the sale is. */
const PARTS_OF_TIME = 20;

export type ReconcileDependencies = RecoverSaleDependencies &
  FactsDependencies & { readonly signs: GuardianSigns; readonly clock: Clock };

/**
 * Compares the stores while something happens in a sale, mends what can be mended, and recovers what stays wrong.
 *
 * A comparison that found all stores agreed and nothing on its way is remembered with the counters that were read before
 * it, in the ledger too: while they stand still there is nothing to compare, whichever guardian looks. A look reads counters
 * alone; the whole sale is read after they moved, to close it, and on demand.
 */
export function reconcileDuty(deps: ReconcileDependencies, slots: Slots): Duty {
  let nextAtMs = Number.NEGATIVE_INFINITY;
  let settledAt: string | null | undefined;
  let driftSeen = 0;

  return async (look) => {
    const { sale, view, fence } = look;
    if (settledAt === undefined)
      settledAt = (await deps.signs.lastComparison(sale.saleId))?.settledAt ?? null;
    const fingerprint = fingerprintOf(view, sale);
    look.isSettled = settledAt === fingerprint;
    const nowMs = deps.clock.monotonicMs();
    if (nowMs < nextAtMs) return "next";
    if (!isOverAt(sale, view.nowMs) && look.isSettled) return "next";
    // A sale that was never looked at waits; any other is not to wait with what else must be done for it.
    const isFirst = nextAtMs === Number.NEGATIVE_INFINITY;
    let beganAtMs = nowMs;
    const compared = await slots.run(
      async () => {
        beganAtMs = deps.clock.monotonicMs();
        nextAtMs = beganAtMs + RECONCILE_EVERY_MS;
        return compareStores(deps, sale.saleId);
      },
      isFirst ? "wait" : "leave",
    );
    if (!compared) return "next";
    look.comparison = compared.done;
    const tookMs = deps.clock.monotonicMs() - beganAtMs;
    nextAtMs = beganAtMs + Math.max(RECONCILE_EVERY_MS, PARTS_OF_TIME * tookMs);
    if (!look.comparison) return "done";
    const { report } = look.comparison;
    const { driftUnits, inFlight } = report;
    deps.measure("DriftUnits", driftUnits);
    look.isSettled = isSettled(report);
    settledAt = look.isSettled ? fingerprint : null;
    await deps.signs.compared(sale.saleId, { atMs: deps.clock.nowMs(), driftUnits, inFlight, settledAt });
    await mend(deps, look.comparison);
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

/**
 * What moves whenever something happens in a sale. Of the gate: its life; units in each counter; places, which only grow with
 * each reservation; unfinished ones. Of PostgreSQL: its own counters.
 */
const fingerprintOf = ({ epoch, stock, places, outboxLength }: GateView, { sold, withheld }: GuardedSale) =>
  [
    epoch,
    stock.available,
    stock.held,
    stock.sold,
    stock.withheld,
    places,
    outboxLength,
    sold,
    withheld,
  ].join();

/**
 * Publishes again what has no order yet and is overdue, rejects holds that no gate counts, and tells the gate of units that
 * it should have back.
 */
async function mend(deps: ReconcileDependencies, { facts, report }: Comparison): Promise<void> {
  const idsOf = (...kinds: Difference["kind"][]) =>
    new Set(report.differences.filter(({ kind }) => kinds.includes(kind)).map(({ orderId }) => orderId));
  const overdue = idsOf("without_order", "undecided");
  const entries = facts.ledger.filter(({ reservation }) => overdue.has(reservation.orderId));
  const [free, holds] = [entries.filter((entry) => !isHold(entry)), entries.filter(isHold)];
  if (free.length > 0)
    await republish(
      deps,
      free.map(({ reservation }) => reservation),
    );
  for (const entry of holds) await mendHold(deps, entry);
  await giveBack(deps, facts, idsOf("not_given_back"));
}

const isHold = ({ reservation }: SaleEntry) => reservation.heldUntilMs !== undefined;

/** A hold that no gate counts is never adopted: nobody could pay for it. What was paid for is sent on its way again. */
async function mendHold(
  { ledger, queue }: ReconcileDependencies,
  { reservation, state, history = [] }: SaleEntry,
): Promise<void> {
  if (state.kind !== "held") return queue.sendDecided(reservation, history);
  const decision = decide({ kind: "reject", reason: "stale_epoch" }, state);
  if (decision.kind === "events")
    for (const event of decision.events) await ledger.decideHold(reservation, event);
}

async function giveBack(
  { gate }: ReconcileDependencies,
  { orders, ledger }: Comparison["facts"],
  owed: ReadonlySet<OrderId>,
): Promise<void> {
  const saleId = ledger[0]?.reservation.saleId;
  if (saleId === undefined || owed.size === 0) return;
  const rows = new Set(orders.map(({ orderId }) => orderId));
  const withoutRow = ledger
    .filter(({ reservation: { orderId } }) => !rows.has(orderId))
    .map(({ reservation: { orderId, buyerId }, state }) => ({ ...state, orderId, buyerId }));
  for (const { orderId, buyerId, unitsLeft, unitsWithheld } of [...orders, ...withoutRow])
    if (owed.has(orderId)) await gate.settle({ saleId, buyerId, orderId, unitsLeft, unitsWithheld });
}

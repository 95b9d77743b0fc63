import type { Kysely } from "kysely";
import { type Clock, startStopwatch } from "../clock.ts";
import { faultPoint } from "../fault-point.ts";
import type { GateContents } from "../gate/gate-contents.redis.ts";
import type { BegunRecovery, GateFilling, GateRebuild } from "../gate/rebuild.redis.ts";
import type { OrderId, SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import type { SaleEntry } from "../reservation/ledger.ts";
import { decide } from "../reservation/lifecycle.ts";
import { stateOf } from "../reservation/state-of.ts";
import type { SaleRecords } from "../sale/sale-record.dynamo.ts";
import { findSale } from "../sale/sales.postgres.ts";
import { PURCHASE_TIME_LIMIT_SECONDS } from "../limits.ts";
import { planRebuild, type RebuildInput, type RebuildPlan } from "./plan-rebuild.ts";
import { isGuarded } from "./guarded-sales.postgres.ts";
import { beginEpoch, decidedOrders, openServed, recordRecovery, serveEpoch } from "./recovery.postgres.ts";
import type { RecoveryReport } from "./recovery-report.ts";
import { putAll } from "./relay.ts";

/** Longer than a purchase can run, by the time that its last write to the ledger may take to arrive. */
const DRAIN_MS = PURCHASE_TIME_LIMIT_SECONDS * 1000 + 1_000;
/** As lib/restock.lua: instances repeat "sold out" from memory for less. */
const RESTOCK_MS = 1_500;
const RENEW_EVERY_MS = 1_000;
const WHOLE_OUTBOX = Number.POSITIVE_INFINITY;

export type RecoveryDependencies = {
  readonly db: Kysely<Database>;
  readonly ledger: Ledger;
  readonly saleRecords: SaleRecords;
  readonly contents: GateContents;
  readonly rebuild: GateRebuild;
  readonly clock: Clock;
};

type Renew = () => Promise<void>;

/**
 * Rebuilds a sale's gate from the ledger: close, wait for purchases under way, begin a new epoch, count, mark, open, record.
 *
 * Crash safety: the gate stays closed until everything is counted, so whoever comes next begins again. `served_epoch`
 * moves only once every counted reservation bears the new epoch's mark, so a half-done recovery never makes the next one
 * forget a reservation. The new epoch is in the sale's record before the ledger is read: what comes into the ledger later
 * is pending until a gate counts it. Purchases in flight either reached the ledger before it was read, and are counted, or
 * were promised nothing.
 *
 * @param keepLease renews the guardian's lease. @throws when it is lost, or a store says that another is at work.
 */
export async function recover(
  deps: RecoveryDependencies,
  saleId: SaleId,
  why: string,
  fence: number,
  keepLease: Renew,
): Promise<RecoveryReport> {
  const startedAtMs = deps.clock.nowMs();
  const recovery = await deps.rebuild.begin(saleId, fence, () => isGuarded(deps.db, saleId));
  // Read once the gate is closed: whoever stalls before that has not waited for anything.
  const begunMs = deps.clock.monotonicMs();
  await faultPoint("recovery_after_begin");
  await drain(deps, recovery, begunMs, keepLease);
  const drainMs = Math.round(deps.clock.monotonicMs() - begunMs);
  const hasSoldOut = recovery.isSameLife && (await deps.contents.hasSoldOut(saleId));

  const rebuiltMs = startStopwatch(deps.clock);
  const { epoch, servedEpoch } = await beginEpoch(deps.db, saleId, fence);
  const sale = await findSale(deps.db, saleId);
  if (!sale) throw new Error(`there is no sale ${saleId}`);
  await deps.saleRecords.put(sale);
  const [rows, entries] = await Promise.all([decidedOrders(deps.db, saleId), deps.ledger.ofSale(saleId)]);
  const { allocated, purchaseLimit } = sale;
  const plan = await planPayable(deps.ledger, { entries, rows, servedEpoch, allocated, purchaseLimit });
  const counted = [...plan.unsettled, ...plan.holds.map(({ reservation }) => reservation)];
  await deps.ledger.markCounted(saleId, counted, epoch);
  await faultPoint("recovery_after_marking");
  await serveEpoch(deps.db, saleId, epoch, fence);
  await faultPoint("recovery_before_resume");
  const filling: GateFilling = { ...plan, epoch, allocated };
  await deps.rebuild.refill(recovery, filling, keepLease);
  // It may have units when it opens. Who buys one then is not to be told "sold out" by an instance that still repeats it.
  if (hasSoldOut) await waitUntil(deps, begunMs + RESTOCK_MS, keepLease);
  await openServed(deps.db, saleId, epoch, fence, (settings) =>
    deps.rebuild.open(recovery, filling, settings),
  );

  const report: RecoveryReport = {
    found: { ledgerEntries: entries.length, orderRows: rows.size },
    rebuilt: {
      buyers: plan.buyers.size,
      soldUnits: plan.soldUnits,
      republished: plan.unsettled.length,
    },
    leftOut: plan.leftOut.map(({ orderId }) => orderId),
    drainMs,
    rebuildMs: Math.round(rebuiltMs()),
  };
  const finishedAtMs = deps.clock.nowMs();
  await recordRecovery(deps.db, { saleId, epoch, why, startedAtMs, finishedAtMs, report });
  return report;
}

/**
 * Plans a rebuild, and rejects the holds that it does not count: before the gate opens, nobody can pay for them any more.
 * One that somebody has paid for or ended meanwhile is taken as it is by now, and the plan is made anew.
 */
async function planPayable(ledger: Ledger, input: RebuildInput): Promise<RebuildPlan> {
  for (let entries = input.entries; ;) {
    const plan = planRebuild({ ...input, entries });
    if (plan.unpayable.length === 0) return plan;
    const ended = new Map<OrderId, SaleEntry>();
    for (const entry of plan.unpayable) ended.set(entry.reservation.orderId, await rejectHold(ledger, entry));
    entries = entries.map((entry) => ended.get(entry.reservation.orderId) ?? entry);
  }
}

async function rejectHold(ledger: Ledger, entry: SaleEntry): Promise<SaleEntry> {
  const { reservation, state } = entry;
  const decision = decide({ kind: "reject", reason: "stale_epoch" }, state);
  if (decision.kind !== "events") throw new Error(`what is ${state.kind} cannot be rejected`);
  const history = [];
  for (const event of decision.events) history.push(await ledger.decideHold(reservation, event));
  return { ...entry, state: stateOf(reservation, history), history };
}

/**
 * Waits until whatever purchases under way will put into the ledger is there, or can no longer be told to anybody.
 *
 * What is left of the outbox is put there first, if Redis is alive: nobody else will. A gate that was open and whole until
 * now has each reservation that is not in the ledger yet in its outbox: if the ledger then has every order that the gate
 * counts, nothing is left to wait for. Otherwise purchases are given the longest that they can run.
 */
async function drain(
  deps: RecoveryDependencies,
  recovery: BegunRecovery,
  begunMs: number,
  keepLease: Renew,
): Promise<void> {
  const { saleId } = recovery;
  if (recovery.isSameLife) await putAll(deps.ledger, await deps.contents.outbox(saleId, WHOLE_OUTBOX));
  if (recovery.wasAlive && (await hasAllOrders(deps, saleId))) return;
  await waitUntil(deps, begunMs + DRAIN_MS, keepLease);
}

/**
 * Keeps the lease until a monotonic instant. Not by a stopwatch, which takes the larger of two clocks: a wall clock that is set
 * right would end the wait early.
 */
async function waitUntil(
  { clock }: RecoveryDependencies,
  instantMs: number,
  keepLease: Renew,
): Promise<void> {
  const leftMs = () => instantMs - clock.monotonicMs();
  while (leftMs() > 0) {
    await new Promise((resume) => setTimeout(resume, Math.min(RENEW_EVERY_MS, leftMs())));
    await keepLease();
  }
}

/** Whether the ledger has all that a closed gate counts. */
async function hasAllOrders({ contents, ledger }: RecoveryDependencies, saleId: SaleId): Promise<boolean> {
  const orders = await contents.orders(saleId);
  const known = idsOf(await ledger.ofSale(saleId));
  return orders.every(({ orderId, unitsLeft }) => unitsLeft === 0 || known.has(orderId));
}

const idsOf = (entries: readonly SaleEntry[]) =>
  new Set(entries.map(({ reservation }) => reservation.orderId));

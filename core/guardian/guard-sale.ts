import { lineModeOf } from "../contract/sale-mode.ts";
import type { Gate } from "../gate/gate.redis.ts";
import type { GatePulses } from "../gate/pulses.redis.ts";
import type { SaleId } from "../ids.ts";
import { closeDuty } from "./duties/close-duty.ts";
import { completeDuty, type CompleteDependencies } from "./duties/complete-duty.ts";
import { copiedVersions, type CopiedVersions, copyDuty } from "./duties/copy-duty.ts";
import type { Duty } from "./duties/duty.ts";
import { expireDuty, type ExpireDependencies } from "./duties/expire-duty.ts";
import { holdDuty, type HoldDependencies } from "./duties/hold-duty.ts";
import { lineDuty, type LineDependencies } from "./duties/line-duty.ts";
import { isOverAt } from "./duties/is-over.ts";
import { reconcileDuty, type ReconcileDependencies } from "./duties/reconcile-duty.ts";
import { publishDuty, type PublishDependencies } from "./duties/publish-duty.ts";
import { refundDuty } from "./duties/refund-duty.ts";
import { recoverDuty } from "./duties/recover-duty.ts";
import { relayDuty } from "./duties/relay-duty.ts";
import { warnDuty, type WarnDependencies } from "./duties/warn-duty.ts";
import { settingsDuty } from "./duties/settings-duty.ts";
import { createSlots, type Slots } from "./duties/slots.ts";
import type { GuardedSale } from "./guarded-sales.postgres.ts";
import { recoverSale } from "./recover-sale.ts";

export type GuardDependencies = ReconcileDependencies &
  LineDependencies &
  ExpireDependencies &
  HoldDependencies &
  WarnDependencies &
  CompleteDependencies &
  PublishDependencies & {
    readonly gate: Gate;
    readonly pulses: GatePulses;
  };

/** Between the record that a new sale's gate is loaded and the gate itself. */
const CREATION_MS = 1_000;

/** Each reads a whole sale from every store. */
const COMPARISONS_AT_ONCE = 4;

/** What the duties of all sales have in common. */
type Shared = { readonly copies: CopiedVersions; readonly slots: Slots };

/** What is done for a sale in each look, in this order. Each sale has duties of its own, with what they remember. */
const dutiesOf = (deps: GuardDependencies, { copies, slots }: Shared): readonly Duty[] => [
  recoverDuty(deps),
  relayDuty(deps),
  expireDuty(deps),
  holdDuty(deps),
  warnDuty(deps),
  settingsDuty(deps),
  copyDuty(deps, copies),
  lineDuty(deps),
  completeDuty(deps),
  refundDuty(deps),
  reconcileDuty(deps, slots),
  publishDuty(deps),
  closeDuty(deps),
];

/** Whoever saw units in holds may still be joining the line for what comes back, by a copy that is a moment old. */
const JOIN_TAIL_MS = 15_000;

/** calm: nothing is under way, and nothing need be looked into until something changes. */
export type Looked = "calm" | "busy";

/** Looks after sales: a look does nothing unless this guardian holds the lease. */
export function createGuard(deps: GuardDependencies) {
  const dutiesBySale = new Map<SaleId, readonly Duty[]>();
  const heldAtMs = new Map<SaleId, number>();
  const shared: Shared = { copies: copiedVersions(deps), slots: createSlots(COMPARISONS_AT_ONCE) };

  return async function guardSale(sale: GuardedSale): Promise<Looked> {
    const { saleId } = sale;
    const lease = await deps.lease.hold();
    if (!lease) return "busy";
    const view = await inspect(deps.gate, sale);
    if (view.kind === "lost") {
      const why = "the gate is lost: no keys, or those of another Redis life";
      await recoverSale(deps, saleId, why, lease.fence);
      return "busy";
    }
    const duties = dutiesBySale.get(saleId) ?? dutiesOf(deps, shared);
    dutiesBySale.set(saleId, duties);
    const look = { sale, view, fence: lease.fence, comparison: null, isSettled: false };
    for (const duty of duties) if ((await duty(look)) === "done") return "busy";
    // A line moves by itself, whether or not anybody buys; a hold ends by itself.
    if (view.stock.held > 0) heldAtMs.set(saleId, deps.clock.monotonicMs());
    const sinceHeldMs = deps.clock.monotonicMs() - (heldAtMs.get(saleId) ?? Number.NEGATIVE_INFINITY);
    const moves = lineModeOf(sale.mode) !== null || sinceHeldMs < JOIN_TAIL_MS;
    const isStill = look.isSettled && view.outboxLength === 0 && !moves;
    return isStill && !isOverAt(sale, view.nowMs) ? "calm" : "busy";
  };
}

/** A gate that is not there may be in the making: recorded as loaded, and not loaded yet. */
async function inspect(gate: Gate, sale: GuardedSale) {
  const view = await gate.inspect(sale.saleId);
  if (view.kind !== "lost" || sale.epoch > 1 || sale.sold > 0) return view;
  await new Promise((resume) => setTimeout(resume, CREATION_MS));
  return gate.inspect(sale.saleId);
}

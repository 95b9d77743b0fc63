import { planRebuild } from "../../../core/guardian/plan-rebuild.ts";
import type { ReservationEvent } from "../../../core/reservation/lifecycle.ts";
import { type Gate, type Ledger, RESERVATION, stateIn } from "./stores/stores.ts";

export type GateOrder = Gate["order"] | "unpayable";

/** What `planRebuild` makes of the order. */
export function gateOrderAfter(
  { entry, events, marks }: Ledger,
  row: readonly ReservationEvent[] | null,
  servedEpoch: number,
): GateOrder {
  const { orderId, buyerId, epoch } = RESERVATION;
  const plan = planRebuild({
    entries: entry
      ? [{ reservation: entry, state: stateIn(events), countedEpoch: Math.max(epoch, ...marks) }]
      : [],
    rows: new Map(row ? [[orderId, stateIn(row)]] : []),
    servedEpoch,
    allocated: 1,
    purchaseLimit: 1,
  });
  if (plan.unpayable.length > 0) return "unpayable";
  if (plan.heldUnits > 0) return "held";
  if (plan.soldUnits > 0) return "sold";
  return plan.buyers.has(buyerId) ? "ended" : "none";
}

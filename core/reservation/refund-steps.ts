import type { ReservationEvent, ReservationState } from "./lifecycle.ts";
import { granted, type Refund, type RefundEvent, refundOf } from "./refunds.ts";
import { expectStep, moneyStateOf, moneySteps } from "./transitions.ts";

/** The state after one of these steps. @throws when its money can take no such step. */
export function evolveRefund(
  state: ReservationState,
  event: ReservationEvent & RefundEvent,
): ReservationState {
  const { number } = event;
  switch (event.kind) {
    case "refund_granted":
      return ended({
        ...state,
        number,
        wishes: [...state.wishes, event.id],
        refunds: [...(state.refunds ?? []), granted(event, event.amountMinor, false)],
      });
    case "refund_retried":
    case "refund_settled": {
      const changes =
        event.kind === "refund_retried"
          ? ({ state: "due", attempt: number } as const)
          : ({ state: "refunded" } as const);
      const wished = { ...state, number, wishes: [...state.wishes, event.id] };
      return ended(changed(wished, event, changes));
    }
    case "refunded": {
      const { attempt, givenMinor, coveredMinor } = event;
      const isLate = refundOf(state, attempt)?.state === "refunded";
      const changes = {
        state: "refunded",
        givenMinor,
        coveredMinor,
        ...(isLate && { isLate }),
      } as const;
      return ended(changed({ ...state, number }, event, changes));
    }
    case "refund_failed": {
      const changes = { state: "failed", why: event.why, givenMinor: 0, coveredMinor: 0 } as const;
      return ended(changed({ ...state, number }, event, changes));
    }
    case "refunded_outside": {
      const { outsideId, amountMinor } = event;
      return ended({ ...state, number, outside: [...(state.outside ?? []), { outsideId, amountMinor }] });
    }
    default:
      return event satisfies never;
  }
}

type OfOne = Exclude<RefundEvent, { kind: "refund_granted" | "refunded_outside" }>;

function changed(state: ReservationState, event: OfOne, changes: Partial<Refund>): ReservationState {
  const refunds = state.refunds ?? [];
  const isIt = ({ refundId, attempt }: Refund) =>
    "refundId" in event ? refundId === event.refundId : attempt === event.attempt;
  if (!refunds.some(isIt)) throw new Error("there is no such refund");
  const change = (refund: Refund): Refund => {
    const next = withChanges(refund, changes);
    expectStep(moneySteps, moneyStateOf(refund), event.kind, moneyStateOf(next));
    return next;
  };
  return { ...state, refunds: refunds.map((refund) => (isIt(refund) ? change(refund) : refund)) };
}

/** Why it failed is forgotten once it is tried again, and with another attempt also that the earlier one came late. */
function withChanges({ why: _why, isLate, ...refund }: Refund, changes: Partial<Refund>): Refund {
  const isSameAttempt = (changes.attempt ?? refund.attempt) === refund.attempt;
  return { ...refund, ...(isLate && isSameAttempt && { isLate }), ...changes };
}

/** A paid order of which every unit came back is refunded once nothing is owed of it any more, and only then. */
export function ended(state: ReservationState): ReservationState {
  if (state.kind !== "returned" && state.kind !== "refunded") return state;
  if (state.payment === undefined) return state;
  const isRefunded = (state.refunds ?? []).every((refund) => refund.state === "refunded");
  return { ...state, kind: isRefunded ? "refunded" : "returned" };
}

import type { Command, Decision, PaidStep, ReservationEvent, ReservationState } from "./lifecycle.ts";

export type PaidCommand = Extract<
  Command,
  { readonly kind: "authorise" | "place" | "fail" | "expire" | "cancel" }
>;
type PaidEvent = ReservationEvent & PaidStep;

/**
 * The steps of a reservation that is to be paid for.
 *
 * `held` is left once, by whoever comes first: payment, time or the buyer. Who comes later is refused, and a payment that
 * was authorised all the same must be given up at the provider: nobody is charged without a unit.
 */
export function decidePaid(command: PaidCommand, state: ReservationState): Decision {
  const number = state.number + 1;
  switch (command.kind) {
    case "authorise": {
      const { paymentId } = command.payment;
      if (state.kind === "held")
        return events({ kind: "authorised", id: authoriseId(paymentId), number, ...command.payment });
      return state.payment?.paymentId === paymentId ? events() : refuse(state);
    }
    case "place":
      if (state.kind === "authorised") return events({ kind: "placed", id: "place", number });
      if (state.kind === "held") return notDecided;
      return hasBeenPlaced(state) ? events() : refuse(state);
    case "fail":
      if (state.kind === "placed") return events({ kind: "failed", id: "fail", number, why: command.why });
      if (state.kind === "held" || state.kind === "authorised") return notDecided;
      return state.kind === "failed" ? events() : refuse(state);
    case "expire":
      if (state.kind === "held") return events({ kind: "expired", id: "expire", number });
      return state.kind === "expired" ? events() : refuse(state);
    case "cancel":
      if (state.kind === "held") return events(cancelled(command, number));
      return state.kind === "cancelled" ? events() : refuse(state);
    default:
      return command satisfies never;
  }
}

/** Of the buyer, of whom there is one; a wish has an id of its own. */
function cancelled(
  { actorId, wishId }: Extract<PaidCommand, { kind: "cancel" }>,
  number: number,
): ReservationEvent {
  return wishId === undefined
    ? { kind: "cancelled", id: "cancel", number, actorId }
    : { kind: "cancelled", id: `cancel:${wishId}`, number, actorId, wishId };
}

/** Two payments of one order are two commands: only one of them can have authorised it. */
const authoriseId = (paymentId: string): string => `authorise:${paymentId}`;

const hasBeenPlaced = ({ kind, payment }: ReservationState): boolean =>
  kind === "placed" || kind === "failed" || (payment !== undefined && kind !== "rejected");

const events = (...all: ReservationEvent[]): Decision => ({ kind: "events", events: all });
const notDecided: Decision = { kind: "refused", why: "not_decided" };
const refuse = ({ kind }: ReservationState): Decision => ({
  kind: "refused",
  // What costs nothing has none of these steps.
  why: kind === "reserved" ? "not_offered" : "already_decided",
});

/** The state after one of these steps. */
export function evolvePaid(state: ReservationState, event: PaidEvent): ReservationState {
  const { number } = event;
  switch (event.kind) {
    case "authorised": {
      const { paymentId, amountMinor, currency } = event;
      const payment = { paymentId, amountMinor, currency };
      // The amount is a price times the quantity.
      return { ...state, kind: "authorised", number, payment, unitMinor: amountMinor / state.unitsLeft };
    }
    case "placed":
      return { ...state, kind: "placed", number };
    case "failed":
      return { ...state, kind: "failed", number, unitsLeft: 0 };
    case "expired":
      return { ...state, kind: "expired", number, unitsLeft: 0 };
    case "cancelled": {
      const wishes = event.wishId === undefined ? state.wishes : [...state.wishes, event.wishId];
      return { ...state, kind: "cancelled", number, unitsLeft: 0, wishes };
    }
    default:
      return event satisfies never;
  }
}

import type { FailureReason, RejectionReason } from "../contract/order.ts";
import { reservedState } from "./first-state.ts";
import { decidePaid, evolvePaid } from "./paid-life.ts";
import {
  decideRefund,
  granted,
  moneyOf,
  type OutsideRefund,
  type Refund,
  type RefundCommand,
  type RefundEvent,
} from "./refunds.ts";
import { ended, evolveRefund } from "./refund-steps.ts";
import { decideReturn, hasComeBack, isBeforeRow } from "./returns.ts";
import { expectStep, orderSteps } from "./transitions.ts";
import type { WithdrawalRefusal } from "./withdrawal.ts";

export { heldState, reservedState } from "./first-state.ts";

/**
 * The one life of a reservation: its states, and what leads to each step; `transitions.ts` has every step there is.
 *
 * A state is left through one store. `held`: the ledger, which takes event 1 of an order once. `reserved` and all that is
 * later than `held`: one PostgreSQL transaction, and the ledger bears a copy of each event. The gate is told last what is
 * left of the units.
 *
 * `refunded`: all units of a paid order came back, and so did their money. Of a free one `returned` is the end. Money may
 * also go back while units stay: the order is confirmed then, and its refunds say so.
 */
export type ReservationState = {
  /** Of the last event; 0: the reservation itself. */
  readonly number: number;
  /** Units that the buyer has. */
  readonly unitsLeft: number;
  /** Units of this order that were taken off sale when they came back. */
  readonly unitsWithheld: number;
  /** The wishes that were decided, whatever was decided. */
  readonly wishes: readonly string[];
  /** What was authorised for it; absent: nothing was. */
  readonly payment?: Payment;
  /** Of that, the price of one unit. */
  readonly unitMinor?: number;
  /** What is to be given back of it or was, in the order in which it was granted; absent: nothing. */
  readonly refunds?: readonly Refund[];
  /** What was given back at the provider's own console; absent: nothing that was noticed. */
  readonly outside?: readonly OutsideRefund[];
} & (
  | { readonly kind: "reserved" | "confirmed" | "returned" | PaidState }
  | { readonly kind: "rejected"; readonly reason: RejectionReason }
);

export type PaidState = "held" | "authorised" | "placed" | "failed" | "expired" | "cancelled" | "refunded";

/** One payment at the provider: what it has authorised, of which it may be told to take the whole. */
export type Payment = {
  /** The provider's id. */
  readonly paymentId: string;
  readonly amountMinor: number;
  readonly currency: string;
};

/** What somebody asks for. A wish bears an id of its own, so that it is decided once however often it is brought. */
export type Command =
  | { readonly kind: "confirm" }
  | { readonly kind: "reject"; readonly reason: RejectionReason }
  /** `refusal`: why it can't be had, whatever the order's state. */
  | { readonly kind: "return"; readonly wish: ReturnWish; readonly refusal?: WithdrawalRefusal | null }
  /** The provider says that this payment is authorised. */
  | { readonly kind: "authorise"; readonly payment: Payment }
  /** The merchant's records have the order: its money may be taken. */
  | { readonly kind: "place" }
  /** The money will never come. */
  | { readonly kind: "fail"; readonly why: FailureReason }
  /** Its time is over. */
  | { readonly kind: "expire" }
  /** The buyer does not want it any more, or a member of staff wished it away. */
  | { readonly kind: "cancel"; readonly actorId: string; readonly wishId?: string }
  | RefundCommand;

/** A wish that units of an order come back: an operator's, or of the buyer who withdraws. */
export type ReturnWish = {
  readonly wishId: string;
  readonly units: number;
  /** Off sale when they are back; else they go on sale again. */
  readonly isWithheld: boolean;
  readonly reason: string;
  /** Who asked: a member of staff, or the buyer. */
  readonly actorId: string;
  /** Of a withdrawal: when it was received. */
  readonly withdrawnAtMs?: number;
};

/** What became true. `id` is made from the command: the same command gives the same event. */
export type ReservationEvent = { readonly number: number; readonly id: string } & (
  | { readonly kind: "confirmed" }
  | { readonly kind: "rejected"; readonly reason: RejectionReason }
  | {
      readonly kind: "returned";
      readonly units: number;
      readonly isWithheld: boolean;
      readonly reason: string;
      readonly actorId: string;
      /** Of what was paid for: so much goes back with them. */
      readonly refundMinor?: number;
      /** The buyer has withdrawn, and it was received then. */
      readonly withdrawnAtMs?: number;
    }
  | {
      readonly kind: "wish_refused";
      readonly why: WishRefusal;
      readonly actorId: string;
      readonly withdrawnAtMs?: number;
    }
  | PaidStep
  | RefundEvent
);

/** The steps that a reservation takes only if it is to be paid for. */
export type PaidStep =
  | ({ readonly kind: "authorised" } & Payment)
  | { readonly kind: "placed" | "expired" }
  | { readonly kind: "failed"; readonly why: FailureReason }
  | { readonly kind: "cancelled"; readonly actorId: string; readonly wishId?: string | undefined };

export const wishRefusals = [
  "not_confirmed",
  "too_many_units",
  "withdrawal_over",
  "withdrawal_excepted",
  "nothing_paid",
  "too_much_money",
  "not_failed",
] as const;
export type WishRefusal = (typeof wishRefusals)[number];

export type Decision =
  /** No events: the command has taken effect before. */
  | { readonly kind: "events"; readonly events: readonly ReservationEvent[] }
  /** The life of a reservation has no such step from here. */
  | { readonly kind: "refused"; readonly why: "already_decided" | "not_decided" | "not_offered" };

/** The events that a command leads to in a state, or why it is refused. By rules alone: no store is asked. */
export function decide(command: Command, state: ReservationState): Decision {
  const number = state.number + 1;
  switch (command.kind) {
    case "confirm":
      if (state.kind === "reserved" || state.kind === "placed")
        return events({ kind: "confirmed", id: "confirm", number });
      if (isBeforeRow(state)) return refused("not_decided");
      return state.unitsLeft > 0 || hasComeBack(state) ? events() : refused("already_decided");
    case "reject":
      if (state.kind === "reserved" || isBeforeRow(state))
        return events({ kind: "rejected", id: "reject", number, reason: command.reason });
      return state.kind === "rejected" ? events() : refused("already_decided");
    case "return":
      return decideReturn(command.wish, state, command.refusal ?? null);
    case "authorise":
    case "place":
    case "fail":
    case "expire":
    case "cancel":
      return decidePaid(command, state);
    case "refund":
    case "resolve_refund":
    case "take_refunded":
    case "take_refund_failed":
    case "take_refunded_outside":
      return decideRefund(command, state);
    default:
      return command satisfies never;
  }
}

const events = (...all: ReservationEvent[]): Decision => ({ kind: "events", events: all });
const refused = (why: Extract<Decision, { kind: "refused" }>["why"]): Decision => ({ kind: "refused", why });

/** The state after an event. @throws when the event does not follow: somebody numbered it without having read the state. */
export function evolve(state: ReservationState, event: ReservationEvent): ReservationState {
  const { number } = event;
  if (number !== state.number + 1) throw new Error(`event ${number} does not follow event ${state.number}`);
  const next = afterEvent(state, event);
  expectStep(orderSteps, state.kind, event.kind, next.kind);
  return next;
}

function afterEvent(state: ReservationState, event: ReservationEvent): ReservationState {
  const { number } = event;
  switch (event.kind) {
    case "confirmed":
      return { ...state, kind: "confirmed", number };
    case "rejected":
      return { ...state, kind: "rejected", reason: event.reason, number, unitsLeft: 0 };
    case "returned": {
      const unitsLeft = state.unitsLeft - event.units;
      if (unitsLeft < 0) throw new Error(`${event.units} units came back of ${state.unitsLeft}`);
      // Events from before refunds were events say nothing of money: it is the price of the units.
      const minor = state.payment === undefined ? 0 : (event.refundMinor ?? moneyOf(event.units, state));
      return ended({
        ...state,
        kind: unitsLeft === 0 ? "returned" : "confirmed",
        number,
        unitsLeft,
        unitsWithheld: state.unitsWithheld + (event.isWithheld ? event.units : 0),
        wishes: [...state.wishes, event.id],
        ...(minor > 0 && { refunds: [...(state.refunds ?? []), granted(event, minor, true)] }),
      });
    }
    case "wish_refused":
      return { ...state, number, wishes: [...state.wishes, event.id] };
    case "authorised":
    case "placed":
    case "failed":
    case "expired":
    case "cancelled":
      return evolvePaid(state, event);
    case "refund_granted":
    case "refund_retried":
    case "refund_settled":
    case "refunded":
    case "refund_failed":
    case "refunded_outside":
      return evolveRefund(state, event);
    default:
      return event satisfies never;
  }
}

/** The state after all events, in whichever order they are given; the same event twice counts once. */
export function stateFrom(first: ReservationState, history: readonly ReservationEvent[]): ReservationState {
  const byNumber = new Map(history.map((event) => [event.number, event]));
  return [...byNumber.values()].toSorted((a, b) => a.number - b.number).reduce(evolve, first);
}

/** The same of a reservation that costs nothing. */
export const stateAfter = (quantity: number, history: readonly ReservationEvent[]): ReservationState =>
  stateFrom(reservedState(quantity), history);

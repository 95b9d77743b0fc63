import { isAtRest } from "../../../../core/payment/complete-payments.ts";
import {
  decidePayment,
  type OrderStanding,
  type PaymentDecision,
} from "../../../../core/payment/decide-payment.ts";
import type { Payment, PaymentState } from "../../../../core/payment/provider.ts";
import { type Command, decide, type ReservationEvent } from "../../../../core/reservation/lifecycle.ts";
import { type Ending, goOnAs, type Work } from "../../engine/process.ts";
import type { Rules } from "../../rules.ts";
import { ledger, record } from "../stores/ledger.ts";
import { paymentOf, provider } from "../stores/provider.ts";
import { queue, tasks } from "../stores/queues.ts";
import { watches } from "../stores/watches.ts";
import { ASKED, type AtProvider, RESERVATION, stateIn, type Task } from "../stores/stores.ts";

/** The first event of a hold, made from its command. */
export function eventOf(command: Command): ReservationEvent {
  const decision = decide(command, stateIn([]));
  const event = decision.kind === "events" ? decision.events[0] : undefined;
  if (!event) throw new Error(`a hold cannot be ${command.kind}d`);
  return event;
}

/** `isCounted` of look-up/shown-order.ts: whether the hold may be told to be one, and paid. */
export function* isPayable(rules: Rules): Work<boolean> {
  if (!rules("only a counted hold is payable")) return true;
  const epoch = yield* record.get(null);
  if (RESERVATION.epoch === epoch) return true;
  if (!(yield* ledger.isMarked(epoch))) return false;
  return (yield* record.get(null)) === epoch;
}

/** `decideHold`: through the door, and sent on if it was this event. */
export function* decideHold(command: Command): Work<void> {
  const event = eventOf(command);
  const there = yield* ledger.decideHold(event);
  if (there.id === event.id) yield* queue.send("decided");
}

/** No unit of a paid order comes back in these worlds. */
const nothingDueBack = { state: { number: 0 } };

/** `standingOf`. */
function* standingOf(rules: Rules): Work<OrderStanding> {
  const { kind, unitsLeft, paymentId } = yield* ledger.get(null);
  if (kind === "held") return { kind: (yield* isPayable(rules)) ? "held" : "unknown" };
  if (unitsLeft === 0 || paymentId === null) return { kind: "over" };
  return {
    kind: "paid",
    paymentId,
    isConfirmed: kind === "confirmed",
    ...nothingDueBack,
  };
}

/** `settlePayments`. @returns the payments of the order as they are then. */
export function* settlePayments(rules: Rules, mustEnd: boolean): Work<readonly Payment[]> {
  const attempts = yield* ledger.attempts(null);
  const named = Object.keys(attempts).filter((attempt) => attempts[attempt] === "named");
  const payments: Payment[] = [];
  for (const attempt of yield* worthALook(rules, named))
    payments.push(paymentOf(attempt, yield* settleOne(rules, attempt, mustEnd)));
  return payments;
}

/** All of them: also those that the order does not count on. */
function* worthALook(rules: Rules, named: readonly string[]): Work<readonly string[]> {
  if (rules("a second payment is let go")) return named;
  const { paymentId } = yield* ledger.get(null);
  return named.filter((attempt) => paymentId === null || attempt === paymentId);
}

function* settleOne(rules: Rules, attempt: string, mustEnd: boolean): Work<AtProvider> {
  let seen = yield* provider.get(attempt);
  for (;;) {
    const standing = yield* standingOf(rules);
    const isToEnd = mustEnd && standing.kind === "held" && seen.is === "open";
    const todo: PaymentDecision = isToEnd
      ? { do: "cancel", why: "too_late" }
      : decidePayment(standing, ASKED, paymentOf(attempt, seen));
    switch (todo.do) {
      case "nothing":
      case "wait":
      case "give_back":
        return seen;
      case "report_lost":
        yield* queue.send("failed");
        return seen;
      case "authorise":
        yield* decideHold({ kind: "authorise", payment: { ...ASKED, paymentId: attempt } });
        break;
      case "cancel":
      case "refund":
        seen = yield* undo(attempt, seen);
        break;
      default:
        todo satisfies never;
    }
  }
}

function* undo(attempt: string, { is }: AtProvider): Work<AtProvider> {
  const answer =
    is === "captured"
      ? yield* provider.refund(attempt)
      : yield* provider.cancel({ attempt, from: is === "open" ? "open" : "authorised" });
  return answer.kind === "payment" ? answer.payment : yield* provider.get(attempt);
}

/** `endHold` of core/payment: by the buyer, or since its time is over. */
export function* endHold(rules: Rules, command: Command): Work<void> {
  if ((yield* ledger.get(null)).kind !== "held") return;
  if (rules("whoever ends a hold asks the provider first")) {
    const payments = yield* settlePayments(rules, true);
    const { kind } = yield* ledger.get(null);
    if (kind !== "held" || payments.some(({ state }) => state !== "cancelled")) return;
  }
  yield* decideHold(command);
}

/** `capturePayment`. */
export function* capturePayment(rules: Rules): Work<void> {
  const { kind, paymentId: attempt } = yield* ledger.get(null);
  const isPlaced = kind === "placed" || !rules("an order is placed before its money is asked for");
  if (isPlaced && attempt !== null) yield* report(yield* captured(rules, attempt));
}

/** Where the payment stands once its money was asked for. */
function* captured(rules: Rules, attempt: string): Work<PaymentState> {
  const before = yield* provider.get(attempt);
  if (before.is !== "authorised") return before.is;
  const answer = yield* provider.capture(attempt);
  if (answer.kind === "payment") return answer.payment.is;
  if (rules("a refused capture is read again")) {
    const after = yield* provider.get(attempt);
    if (after.is !== "authorised") return after.is;
  }
  yield* provider.cancel({ attempt, from: "authorised" });
  return "cancelled";
}

function* report(is: PaymentState): Work<void> {
  if (is === "captured" || is === "cancelled") yield* queue.send(is === "captured" ? "captured" : "failed");
}

const CANCEL_BY_STAFF: Command = { kind: "cancel", actorId: "staff", wishId: "wish" };

/** `doTask`, for one message after the other. */
export function* worker(): Work<Ending> {
  return goOnAs("doTask", yield* tasks.receive(null));
}

export const doTask = (rules: Rules) =>
  function* work(task: Task): Work<Ending> {
    switch (task) {
      case "capture":
        yield* capturePayment(rules);
        break;
      case "expire":
        yield* endHold(rules, { kind: "expire" });
        break;
      case "cancel":
        yield* endHold(rules, CANCEL_BY_STAFF);
        break;
      case "give_up":
        yield* ledger.list(null);
        yield* settlePayments(rules, false);
        break;
      default:
        task satisfies never;
    }
    yield* tasks.delete(task);
    return goOnAs("worker", null);
  };

/** `completePayments`, for the one order. */
export const completer = (rules: Rules) =>
  function* complete(): Work<Ending> {
    yield* watches.isForgotten(null);
    const payments = yield* settlePayments(rules, false);
    const state = stateIn(yield* ledger.events(null));
    if (state.kind === "placed") yield* capturePayment(rules);
    else if (state.number === 1 && state.kind !== "rejected") yield* queue.send("decided");
    if (isAtRest({ state }, payments)) yield* ledger.unlist(null);
    return goOnAs("completer", null);
  };

/** `cancelOrder` and `makeWish`, of a hold. */
export function* staff(): Work<Ending> {
  if ((yield* ledger.get(null)).kind !== "held") return;
  yield* ledger.wish(null);
  yield* queue.send("wish");
}

/** `carryOnWishes`. */
export const carrier = (rules: Rules) =>
  function* carryOn(): Work<Ending> {
    if (!rules("an open wish is sent again")) return {};
    yield* watches.isWishLeft(null);
    const { kind } = yield* ledger.get(null);
    if (kind === "held") yield* queue.send("wish");
    else yield* ledger.unwish(null);
    return goOnAs("carrier", null);
  };

import { type GateOrder, gateOrderAfter } from "./plan.ts";
import { decidePayment, type OrderStanding } from "../../../core/payment/decide-payment.ts";
import type { Payment } from "../../../core/payment/provider.ts";
import { type Command, decide, type ReservationEvent } from "../../../core/reservation/lifecycle.ts";
import { type Ending, goOnAs, type Work } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import { gate, ledger, postgres, provider, queue, record, tasks, watches } from "./operations.ts";
import {
  type Ledger,
  type Message,
  PAYMENT,
  type Provider,
  RESERVATION,
  stateIn,
  type Task,
} from "./stores.ts";

type Read = { readonly kind: "held" | "pending" | "other"; readonly found: Ledger };

/** `shownOrder`: whether the hold may be told to be one, and paid. */
function* look(rules: Rules): Work<Read> {
  const found = yield* ledger.get(null);
  if (!found.entry || stateIn(found.events).kind !== "held") return { kind: "other", found };
  const { epoch } = yield* record.get(null);
  if (!rules("only a counted hold is payable")) return { kind: "held", found };
  if (found.entry.epoch === epoch) return { kind: "held", found };
  const marks = (yield* ledger.get(null)).marks;
  if (!marks.includes(epoch)) return { kind: "pending", found };
  return { kind: (yield* record.get(null)).epoch === epoch ? "held" : "pending", found };
}

const eventOf = (command: Command): ReservationEvent => {
  const decision = decide(command, stateIn([]));
  const event = decision.kind === "events" ? decision.events[0] : undefined;
  if (!event) throw new Error(`a hold cannot be ${command.kind}d`);
  return event;
};

/** `decideHold` of core/payment: through the door, and sent on if it was this event. */
function* leave(rules: Rules, command: Command): Work<void> {
  const event = eventOf(command);
  const there = yield* ledger.first(event);
  if (there.id === event.id) yield* queue.send("decided");
}

function* standing(rules: Rules): Work<OrderStanding> {
  const { kind, found } = yield* look(rules);
  if (kind !== "other") return { kind: kind === "held" ? "held" : "unknown" };
  const state = stateIn(found.events);
  if (state.unitsLeft === 0) return { kind: "over" };
  return {
    kind: "paid",
    paymentId: PAYMENT.paymentId,
    isConfirmed: state.kind === "confirmed",
    state,
  };
}

const paymentOf = ({ payment, isRefunded }: Provider): Payment =>
  ({
    ...PAYMENT,
    state: payment,
    capturedMinor: payment === "captured" ? PAYMENT.amountMinor : 0,
    refundedMinor: isRefunded ? PAYMENT.amountMinor : 0,
    refunds: [],
  }) as unknown as Payment;

/** `settlePayments`. */
function* settle(rules: Rules, mustEnd: boolean): Work<void> {
  const found = yield* ledger.get(null);
  if (found.attempt !== "named") return;
  for (let seen = yield* provider.get(null); ;) {
    const stands = yield* standing(rules);
    const isToEnd = mustEnd && stands.kind === "held" && seen.payment === "open";
    const todo = isToEnd ? ({ do: "cancel" } as const) : decidePayment(stands, PAYMENT, paymentOf(seen));
    if (todo.do === "nothing" || todo.do === "wait") return;
    if (todo.do === "report_lost") {
      yield* queue.send("failed");
      return;
    }
    if (todo.do === "authorise") yield* leave(rules, { kind: "authorise", payment: PAYMENT });
    else if (seen.payment === "captured") seen = yield* provider.refund(null);
    else seen = yield* provider.cancel(seen.payment === "open" ? "open" : "authorised");
  }
}

/** `endHold` of core/payment: by the buyer, or since its time is over. */
function* end(rules: Rules, command: Command): Work<void> {
  yield* settle(rules, true);
  const found = yield* ledger.get(null);
  if (found.entry && stateIn(found.events).kind === "held") yield* leave(rules, command);
}

/** `openPayment`, and the buyer's paying. */
const shopper = (rules: Rules) =>
  function* shop(): Work<Ending> {
    const { kind, found } = yield* look(rules);
    if (kind !== "held") return {};
    if (found.attempt === "none") yield* ledger.attempt("opened");
    const { payment } = yield* provider.create(null);
    yield* ledger.attempt("named");
    if (payment !== "open" || stateIn((yield* ledger.get(null)).events).kind !== "held")
      return goOnAs("back", null);
    yield* provider.pay(null);
    return goOnAs("back", null);
  };

const worker = (rules: Rules) =>
  function* work(): Work<Ending> {
    const task: Task = yield* tasks.receive(null);
    if (task === "capture") yield* capture();
    else if (task === "expire") yield* end(rules, { kind: "expire" });
    else yield* settle(rules, false);
    yield* tasks.delete(task);
    return goOnAs("worker", null);
  };

/** `capturePayment`. */
function* capture(): Work<void> {
  if (stateIn((yield* ledger.get(null)).events).kind !== "placed") return;
  let seen = yield* provider.get(null);
  if (seen.payment === "authorised") seen = yield* provider.capture(null);
  if (seen.payment === "authorised") seen = yield* provider.cancel("authorised");
  yield* queue.send(seen.payment === "captured" ? "captured" : "failed");
}

/** `consumeOrders`, one message at a time. */
function* consumer(): Work<Ending> {
  const message: Message = yield* queue.receive(null);
  const history = yield* recordOrder(message);
  if (history) {
    yield* ledger.copy(history);
    const { kind, unitsLeft, payment } = stateIn(history);
    if ((yield* gate.settle({ unitsLeft })) === "recovering") return goOnAs("consumer", null);
    if (kind === "placed") yield* tasks.send("capture");
    if (payment && unitsLeft === 0) yield* tasks.send("give_up");
  }
  yield* queue.delete(message);
  return goOnAs("consumer", null);
}

/** What became of the order; null: nothing is left to do for it. */
function* recordOrder(message: Message): Work<readonly ReservationEvent[] | null> {
  if (message === "decided") {
    const [first] = (yield* ledger.get(null)).events;
    if (!first || first.kind !== "authorised") return first ? [first] : null;
    return yield* place(first);
  }
  const command: Command =
    message === "captured" ? { kind: "confirm" } : { kind: "fail", why: "capture_refused" };
  const written = yield* postgres.report(command);
  if (typeof written !== "string") return written;
  if (message === "captured") yield* tasks.send("give_up");
  return null;
}

/** `placeOrder`, and `placeStale` where its epoch is over. */
function* place(first: ReservationEvent): Work<readonly ReservationEvent[] | null> {
  for (;;) {
    const written = yield* postgres.place({ first, word: null });
    if (typeof written !== "string") return written;
    const { epoch } = yield* gate.look(null);
    const reply = yield* gate.adopt(null);
    if (reply === "none") continue;
    if (reply !== "refused") yield* ledger.mark(epoch);
    const again = yield* postgres.place({ first, word: { isCounted: reply !== "refused", epoch } });
    if (typeof again !== "string") return again;
  }
}

/** `endHold` of core/guardian. */
const expirer = (rules: Rules) =>
  function* expire(): Work<Ending> {
    yield* watches.isOverdue(null);
    const found = yield* ledger.get(null);
    const { kind, unitsLeft } = stateIn(found.events);
    if (kind === "held" && found.attempt !== "none") yield* tasks.send("expire");
    else if (kind === "authorised" || kind === "placed") yield* queue.send("decided");
    else if (kind !== "held") yield* gate.settle({ unitsLeft });
    else {
      const event = eventOf({ kind: "expire" });
      if (!rules("units of a hold are given back last")) yield* gate.settle({ unitsLeft: 0 });
      const there = yield* ledger.first(event);
      if (there.id === event.id) yield* gate.settle({ unitsLeft: 0 });
    }
    return goOnAs("expirer", null);
  };

/** `recover`. */
function* guardian(): Work<Ending> {
  yield* watches.needsRecovery(null);
  yield* gate.close(null);
  const { epoch, servedEpoch } = yield* postgres.beginEpoch(null);
  yield* record.put(epoch);
  const { row } = yield* postgres.read(null);
  let found = yield* ledger.get(null);
  for (;;) {
    const planned: GateOrder = gateOrderAfter(found, row, servedEpoch);
    if (planned !== "unpayable") {
      if (planned === "held") yield* ledger.mark(epoch);
      yield* postgres.serve(epoch);
      yield* gate.open({ epoch, order: planned });
      return goOnAs("guardian", null);
    }
    const there = yield* ledger.first(eventOf({ kind: "reject", reason: "stale_epoch" }));
    found = { ...found, events: [there] };
  }
}

/** The reconciliation rejects ghosts. */
function* mender(): Work<Ending> {
  yield* watches.isGhost(null);
  yield* ledger.first(eventOf({ kind: "reject", reason: "stale_epoch" }));
  return goOnAs("mender", null);
}

/** `completePayments`, and the guardian's list of what is not captured. */
const completer = (rules: Rules) =>
  function* complete(): Work<Ending> {
    yield* watches.isForgotten(null);
    yield* settle(rules, false);
    const { kind } = stateIn((yield* ledger.get(null)).events);
    if (kind === "placed") yield* tasks.send("capture");
    else if (kind === "authorised") yield* queue.send("decided");
    return goOnAs("completer", null);
  };

export const paidRoles = (rules: Rules) => ({
  shopper: shopper(rules),
  /** The provider's message, or the buyer who comes back from its page. */
  *back(): Work<Ending> {
    yield* settle(rules, false);
  },
  *giveUp(): Work<Ending> {
    yield* end(rules, { kind: "cancel", actorId: RESERVATION.buyerId });
  },
  worker: worker(rules),
  consumer,
  expirer: expirer(rules),
  guardian,
  mender,
  completer: completer(rules),
  *time(): Work<Ending> {
    yield* gate.timePasses(null);
  },
  *loseRedis(): Work<Ending> {
    yield* gate.lose(null);
  },
  *somebodyElse(): Work<Ending> {
    yield* gate.takeUnit(null);
  },
  /** A purchase that was frozen, and its buyer. */
  *latePurchase(): Work<Ending> {
    yield* ledger.put(null);
    return goOnAs("shopper", null);
  },
});

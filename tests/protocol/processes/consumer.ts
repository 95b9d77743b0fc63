import { type RecordedOrder, rejectionOf } from "../../../core/orders/recorded-order.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { type Ending, goOnAs, Unanswered, type Work } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import { gate } from "../stores/gate-operations.ts";
import { ledger } from "../stores/ledger.ts";
import { stateOf } from "../stores/postgres.ts";
import { postgres } from "../stores/postgres-operations.ts";
import { type Message, queue } from "../stores/queue.ts";

/** "once": works on one message, which comes again whatever it does; it may die anywhere. "always": all there are. */
export type ConsumerArgs = { readonly works: "once" | "always" };
type Handling = ConsumerArgs & { readonly message: Message };

function* consumer({ works }: ConsumerArgs): Work<Ending> {
  const message = works === "always" ? yield* queue.receive(null) : yield* queue.receiveCopy(null);
  return goOnAs("handle", { works, message });
}

/** `consumeOrders`, one message at a time. */
export const consumerRoles = (rules: Rules) => {
  function* handle({ works, message }: Handling): Work<Ending> {
    try {
      const order = yield* decide(rules, message);
      return order === null ? yield* again({ works, message }) : goOnAs("tell", { works, message, order });
    } catch (error) {
      return yield* failed(error, { works, message });
    }
  }

  /** What became true is copied to the ledger, then told to the gate, and last the message goes. */
  function* tell({ works, message, order }: Handling & { readonly order: RecordedOrder }): Work<Ending> {
    try {
      yield* copy(order);
      const isDone = yield* giveBack(rules, order);
      if (!isDone) return yield* again({ works, message });
      if (works === "once") return {};
      yield* queue.delete(message);
      return goOnAs("consumer", { works });
    } catch (error) {
      return yield* failed(error, { works, message });
    }
  }

  return { consumer, handle, tell };
};

function* failed(error: unknown, handling: Handling): Work<Ending> {
  if (!(error instanceof Unanswered)) throw error;
  return yield* again(handling);
}

function* again({ works, message }: Handling): Work<Ending> {
  if (works === "once") return {};
  yield* queue.comesAgain(message);
  return goOnAs("consumer", { works });
}

/** The order with all that became of it; null: it cannot be decided yet. */
function* decide(rules: Rules, message: Message): Work<RecordedOrder | null> {
  if (message.kind === "order") return yield* recorded(rules, message.reservation);
  const { orderId, wish } = message.wish;
  const entry = yield* ledger.get({ orderId });
  if (!entry) return null;
  const { reservation, state } = entry;
  if (!rules("units are given back last")) {
    const unitsLeft = state.unitsLeft - wish.units;
    yield* gate.settle({
      buyerId: reservation.buyerId,
      orderId: reservation.orderId,
      unitsLeft,
      unitsWithheld: 0,
    });
  }
  const order = yield* recorded(rules, reservation);
  return order && (yield* postgres.decideWish({ orderId: reservation.orderId, wish }));
}

function* recorded(rules: Rules, reservation: Reservation): Work<RecordedOrder | null> {
  const written = yield* postgres.record({ reservation });
  switch (written.kind) {
    case "recorded":
      return written.order;
    case "broke":
      return yield* rejected(reservation, written.reason, undefined);
    case "stale":
      return yield* decideStale(rules, reservation);
    default:
      return written satisfies never;
  }
}

function* rejected(
  reservation: Reservation,
  reason: "stale_epoch" | "over_purchase_limit" | "beyond_allocation" | "conflicting_order",
  refusedIn: number | undefined,
): Work<RecordedOrder | null> {
  const written = yield* postgres.recordRejected({ reservation, reason, refusedIn });
  return written.kind === "recorded" ? written.order : null;
}

/** `decideStale`: the gate is asked, and what it counts is marked before its row is written. */
function* decideStale(rules: Rules, message: Reservation): Work<RecordedOrder | null> {
  const { orderId } = message;
  const entry = yield* ledger.get({ orderId });
  if (!entry) return null;
  const reply = yield* gate.adopt(entry.reservation);
  if (!("epoch" in reply)) return null;
  const isBound = rules("adoption holds for its epoch only");
  if (reply.kind === "refused")
    return yield* rejected(message, "stale_epoch", isBound ? reply.epoch : undefined);
  if (rules("marked before told")) yield* ledger.mark({ orderIds: [orderId], epoch: reply.epoch });
  const countedIn = isBound ? reply.epoch : "ever";
  const written = yield* postgres.record({ reservation: message, countedIn });
  if (written.kind === "broke") return yield* rejected(message, written.reason, undefined);
  return written.kind === "recorded" ? written.order : null;
}

function* copy(order: RecordedOrder): Work<void> {
  if (rejectionOf(order) === "conflicting_order") return;
  yield* ledger.copyEvents([{ orderId: order.reservation.orderId, events: order.history }]);
}

/** `settleUnits`. False: the gate could not be told. */
function* giveBack(rules: Rules, order: RecordedOrder): Work<boolean> {
  const { buyerId, orderId, quantity } = order.reservation;
  const { unitsLeft, unitsWithheld } = stateOf(order);
  if (unitsLeft === quantity || rejectionOf(order) === "conflicting_order") return true;
  if (!rules("settle is absolute")) {
    const units = quantity - unitsLeft - unitsWithheld;
    yield* gate.release({ buyerId, orderId, units });
    return true;
  }
  return (yield* gate.settle({ buyerId, orderId, unitsLeft, unitsWithheld })) !== "recovering";
}

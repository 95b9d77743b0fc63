import { reservedState } from "../../../core/reservation/lifecycle.ts";
import { orderView } from "../../../core/reservation/ledger.ts";
import type { Reservation } from "../../../core/reservation/reservation.ts";
import { type Ending, tell, Unanswered, type Work } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import { gate } from "../stores/gate-operations.ts";
import { ledger } from "../stores/ledger.ts";
import { queue } from "../stores/queue.ts";
import { time } from "../stores/time.ts";
import { shownState } from "./look-up.ts";

export type PurchaseArgs = {
  readonly buyerId: string;
  readonly keyHash: string;
  readonly quantity: number;
  /** The order's id, if this is the first time. */
  readonly orderId: string;
  /** Leaves the queue to the relay, as one does whose queue does not answer. */
  readonly isShort?: boolean | undefined;
};

/** `purchase`: the gate decides, the ledger commits, the queue carries on. Whoever sees an error is told nothing. */
export const purchaseRole = (rules: Rules) =>
  function* purchase(attempt: PurchaseArgs): Work<Ending> {
    const reply = yield* gate.reserve(attempt);
    switch (reply.kind) {
      case "reserved":
        return yield* finish(rules, attempt, reply.reservation, reply.since);
      case "replayed":
      case "already_bought":
        return reply.reservation
          ? yield* finish(rules, attempt, reply.reservation, reply.since)
          : yield* lookUp(rules, reply.orderId);
      case "sold_out":
        return tell(attempt.buyerId, "sold out");
      default:
        return {};
    }
  };

function* finish(
  rules: Rules,
  { isShort }: PurchaseArgs,
  reservation: Reservation,
  since: number,
): Work<Ending> {
  const { orderId, quantity } = reservation;
  yield* ledger.put(reservation);
  const isInTime = yield* time.isInTime({ since });
  if (!isShort) yield* publish(reservation);
  if (!isInTime && rules("an order is accepted only in time")) return {};
  return tell(orderId, orderView({ reservation, state: reservedState(quantity) }, true).state);
}

function* publish(reservation: Reservation): Work<void> {
  try {
    yield* queue.send({ kind: "order", reservation });
    yield* gate.clear({ orderId: reservation.orderId });
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
  }
}

/** A pending order promises nothing. */
function* lookUp(rules: Rules, orderId: string): Work<Ending> {
  const state = yield* shownState(rules, orderId, rules("marked before told"));
  return state === null || state === "pending" ? {} : tell(orderId, state);
}

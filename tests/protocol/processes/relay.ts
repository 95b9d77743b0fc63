import { type Ending, goOnAs, type Work } from "../engine/process.ts";
import { gate } from "../stores/gate-operations.ts";
import { ledger } from "../stores/ledger.ts";
import { queue } from "../stores/queue.ts";

/** `relay`: finishes what lies in the outbox, one reservation at a time. */
export function* relayRole(): Work<Ending> {
  const reservation = yield* gate.outbox(null);
  yield* ledger.put(reservation);
  yield* queue.send({ kind: "order", reservation });
  yield* gate.clear({ orderId: reservation.orderId });
  return goOnAs("relay", null);
}

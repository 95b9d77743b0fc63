import { reconcile } from "../../../core/reconciliation/reconcile.ts";
import { factsOf } from "../facts.ts";
import { type Ending, goOnAs, type Work } from "../engine/process.ts";
import { gate } from "../stores/gate-operations.ts";
import { ledger } from "../stores/ledger.ts";
import { postgres } from "../stores/postgres-operations.ts";
import { queue } from "../stores/queue.ts";
import { watches } from "./watches.ts";

/** `mend`: publishes again what has no order and is overdue, and tells the gate of units that it should have back. */
export function* menderRole(): Work<Ending> {
  yield* watches.needsMending(null);
  const rows = yield* postgres.rows(null);
  const entries = yield* ledger.whole(null);
  const present = yield* gate.inspect(null);
  const facts = factsOf(present, rows, entries, {});
  if (!facts) return goOnAs("mender", null);
  for (const { orderId, kind } of reconcile(facts).differences) {
    const row = facts.orders.find((order) => order.orderId === orderId);
    if (kind === "not_given_back" && row) {
      yield* gate.settle(row);
      return goOnAs("mender", null);
    }
    if (kind !== "undecided" && kind !== "without_order") continue;
    const { reservation } = entries.entries[orderId]!;
    yield* ledger.put(reservation);
    yield* queue.send({ kind: "order", reservation });
    yield* gate.clear({ orderId });
    return goOnAs("mender", null);
  }
  return goOnAs("mender", null);
}

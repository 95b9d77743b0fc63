import type { Command, ReservationEvent } from "../../../../core/reservation/lifecycle.ts";
import { type Ending, goOnAs, type Work } from "../../engine/process.ts";
import type { Rules } from "../../rules.ts";
import { gate } from "../stores/gate.ts";
import { ledger } from "../stores/ledger.ts";
import { postgres } from "../stores/postgres.ts";
import { queue, tasks } from "../stores/queues.ts";
import { type Message, stateIn } from "../stores/stores.ts";

type History = readonly ReservationEvent[];

/** `consumeOrders`, one message after the other. */
export function* consumer(): Work<Ending> {
  return goOnAs("take", yield* queue.receive(null));
}

/**
 * `decideWishes`, of a wish about a hold: those who reach the provider end it, and the wish waits on its list. What it asks of an
 * order that is no hold any more is another story.
 */
function* takeWish(): Work<Ending> {
  if ((yield* ledger.get(null)).kind === "held") yield* tasks.send("cancel");
  yield* queue.delete("wish");
  return goOnAs("consumer", null);
}

export const take = (rules: Rules) =>
  function* record(message: Message): Work<Ending> {
    if (message === "wish") return yield* takeWish();
    const history = message === "decided" ? yield* placeOrder(rules) : yield* decideReport(message);
    return history === "later" ? goOnAs("consumer", null) : goOnAs("tellOthers", { message, history });
  };

/** `copyToLedger`, `settleUnits` and `askForMoney`. */
export const tellOthers = (rules: Rules) =>
  function* tell({
    message,
    history,
  }: {
    readonly message: Exclude<Message, "wish">;
    readonly history: History;
  }): Work<Ending> {
    if (history.length > 0) {
      yield* ledger.copy(history);
      const { kind, unitsLeft, payment } = stateIn(history);
      const isForgotten = kind === "failed" && !rules("units of a failed order come back");
      if (!isForgotten && (yield* gate.settle({ unitsLeft })) === "recovering")
        return goOnAs("consumer", null);
      if (kind === "placed") yield* tasks.send("capture");
      if (payment && unitsLeft === 0) yield* tasks.send("give_up");
    }
    yield* queue.delete(message);
    return goOnAs("consumer", null);
  };

/** `takeReports`. A payment that is reported of an order which has ended goes back. */
function* decideReport(message: "captured" | "failed"): Work<History | "later"> {
  const { paymentId } = yield* ledger.get(null);
  if (paymentId === null) return "later";
  const command: Command =
    message === "captured" ? { kind: "confirm" } : { kind: "fail", why: "capture_refused" };
  const written = yield* postgres.report({ command, paymentId });
  if (typeof written !== "string") return written;
  if (message === "captured" && written === "refused") yield* tasks.send("give_up");
  return written === "refused" ? [] : "later";
}

/** `placeOrders`, and `placeStale` where the order's epoch is over. */
function* placeOrder(rules: Rules): Work<History | "later"> {
  const [first] = yield* ledger.events(null);
  if (!first) return "later";
  if (first.kind !== "authorised")
    return rules("a hold that ended has a row") ? yield* postgres.recordEnded(first) : [first];
  if (!rules("an order is placed before its money is asked for")) yield* tasks.send("capture");
  const written = yield* postgres.place({ first, word: null });
  if (typeof written !== "string") return written;
  const reply = yield* gate.adopt(null);
  if (!("epoch" in reply)) return "later";
  const isCounted = reply.kind !== "refused";
  if (isCounted) yield* ledger.mark(reply.epoch);
  const again = yield* postgres.place({ first, word: { isCounted, epoch: reply.epoch } });
  return typeof again === "string" ? "later" : again;
}

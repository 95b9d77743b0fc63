import { type Ending, goOnAs, type Work } from "../../engine/process.ts";
import type { Rules } from "../../rules.ts";
import { type GateOrder, gateOrderAfter } from "../plan.ts";
import { gate } from "../stores/gate.ts";
import { ledger, record } from "../stores/ledger.ts";
import { postgres } from "../stores/postgres.ts";
import { queue, tasks } from "../stores/queues.ts";
import { stateIn } from "../stores/stores.ts";
import { watches } from "../stores/watches.ts";
import { eventOf } from "./payments.ts";

/** `endHold` of core/guardian. */
export const expirer = (rules: Rules) =>
  function* expire(): Work<Ending> {
    yield* watches.isOverdue(null);
    const events = yield* ledger.events(null);
    const { kind } = stateIn(events);
    const isOpened = Object.keys(yield* ledger.attempts(null)).length > 0;
    const mayAsk = rules("whoever ends a hold asks the provider first");
    if (kind === "held" && isOpened && mayAsk) yield* tasks.send("expire");
    else {
      if (kind === "held" && !rules("units of a hold are given back last"))
        yield* gate.settle({ unitsLeft: 0 });
      const history = kind === "held" ? [yield* ledger.decideHold(eventOf({ kind: "expire" }))] : events;
      const now = stateIn(history);
      if (now.kind === "authorised" || now.kind === "placed") yield* queue.send("decided");
      else {
        if (now.unitsLeft === 0 && now.number <= 1) yield* queue.send("decided");
        yield* gate.settle({ unitsLeft: now.unitsLeft });
      }
    }
    return goOnAs("expirer", null);
  };

/** `recover`. */
export const recovery = (rules: Rules) =>
  function* recover(): Work<Ending> {
    yield* watches.needsRecovery(null);
    yield* gate.close(null);
    const { epoch, servedEpoch } = yield* postgres.beginEpoch(null);
    const isRecordFirst = rules("the epoch is in the record first");
    if (isRecordFirst) yield* record.put(epoch);
    const row = yield* postgres.rows(null);
    let found = yield* ledger.ofSale(null);
    for (;;) {
      const planned: GateOrder = gateOrderAfter(found, row, servedEpoch);
      if (planned !== "unpayable") {
        if (planned === "held" && rules("counted entries are marked")) yield* ledger.mark(epoch);
        yield* postgres.serve(epoch);
        if (!isRecordFirst) yield* record.put(epoch);
        const isSold = planned === "held" && !rules("a hold stays one through a rebuild");
        yield* gate.open({ epoch, order: isSold ? "sold" : planned });
        return goOnAs("recovery", null);
      }
      const there = yield* ledger.decideHold(eventOf({ kind: "reject", reason: "stale_epoch" }));
      found = { ...found, events: [there] };
    }
  };

/** The reconciliation sends again what ended and has no row. */
export function* resender(): Work<Ending> {
  yield* watches.hasNoRow(null);
  yield* queue.send("decided");
  return goOnAs("resender", null);
}

/** The reconciliation rejects ghosts. */
export function* mender(): Work<Ending> {
  yield* watches.isGhost(null);
  yield* ledger.decideHold(eventOf({ kind: "reject", reason: "stale_epoch" }));
  return goOnAs("mender", null);
}

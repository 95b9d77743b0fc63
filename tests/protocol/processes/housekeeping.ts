import { type Ending, goOnAs, type Work } from "../engine/process.ts";
import { syncSettings } from "./administration.ts";
import type { Rules } from "../rules.ts";
import { gate } from "../stores/gate-operations.ts";
import { postgres } from "../stores/postgres-operations.ts";
import { record, recordOf } from "../stores/sale-record.ts";
import { watches } from "./watches.ts";

/** Brings PostgreSQL's settings to a gate that has others. */
export const syncRole = (rules: Rules) =>
  function* sync(): Work<Ending> {
    yield* watches.needsSettings(null);
    yield* syncSettings(rules);
    return goOnAs("sync", null);
  };

/** Writes the ledger's copy of the sale, for whoever failed to. */
export function* copyRole(): Work<Ending> {
  yield* watches.needsCopy(null);
  yield* record.put(recordOf(yield* postgres.findSale(null)));
  return goOnAs("copy", null);
}

/** Closes a sale that is over, once the stores agree and nobody waits for a decision. */
export function* closeRole(): Work<Ending> {
  const seen = yield* postgres.findSale(null);
  const { nowMs } = yield* gate.inspect(null);
  yield* watches.mayClose(null);
  const revision = yield* postgres.giveRevision({ count: 1 });
  if (yield* postgres.close({ seen, revision, nowMs })) {
    yield* record.put(recordOf({ ...seen, revision, isClosed: true }));
  }
  return goOnAs("close", null);
}

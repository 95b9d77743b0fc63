import { type Ending, goOnAs, type Work } from "../engine/process.ts";
import { sayingOf } from "../stores/gate-archive.ts";
import { gate } from "../stores/gate-operations.ts";
import { postgres } from "../stores/postgres-operations.ts";
import { record, recordOf } from "../stores/sale-record.ts";
import { watches } from "./watches.ts";

/** `archiveSale`, again and again until nothing is left of the gate. */
export function* archiveRole(): Work<Ending> {
  yield* watches.mayArchive(null);
  const seen = yield* postgres.findSale(null);
  const { keys } = yield* gate.inspect(null);
  if (!seen.isClosed || keys === null || keys.isRecovering || Object.keys(keys.outbox).length > 0)
    return goOnAs("archive", null);
  const revision = yield* postgres.giveRevision({ count: 1 });
  const recorded = yield* postgres.recordArchive({ seen, revision });
  if (!recorded) return goOnAs("archive", null);
  yield* record.put(recordOf(recorded));
  const { wrong } = yield* gate.archive({ revision, ...sayingOf(keys) });
  const statements = wrong === "" ? [] : [{ about: "the archive", word: `removed ${wrong}` }];
  return { statements, goesOn: { role: "archive", args: null } };
}

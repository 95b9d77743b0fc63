import { type Ending, goOnAs, type Work } from "../engine/process.ts";
import { gate } from "../stores/gate-operations.ts";
import { postgres } from "../stores/postgres-operations.ts";

/** Redis loses all keys, once, at any time or never. */
export function* loseRedis(): Work<Ending> {
  yield* gate.lose(null);
}

/** An operator asks for a recovery, once, at any time or never. */
export function* askForRecovery(): Work<Ending> {
  yield* gate.request(null);
}

/** Units that came back go on sale after their wait. */
export function* restock(): Work<Ending> {
  yield* gate.endRestock(null);
  return goOnAs("restock", null);
}

/** PostgreSQL ends a transaction that nobody goes on with. */
export function* endTransactions(): Work<Ending> {
  yield* postgres.giveUp(null);
  return goOnAs("endTransactions", null);
}

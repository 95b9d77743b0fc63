import type { Kysely } from "kysely";
import type { Warn } from "../log.ts";
import type { Database } from "../postgres/database.ts";
import { consumers } from "../topology.ts";
import type { RehearsalQueue } from "./rehearsal-queue.sqs.ts";
import { leftRehearsals } from "./rehearsals.postgres.ts";

/** No crowd lasts longer, and a minute more: whatever is left then nobody sees to. */
const LEFT_AFTER_MS = (consumers.rehearsalCrowd.timeLimitSeconds + 60) * 1_000;
const AT_ONCE = 10;

type Dependencies = { readonly db: Kysely<Database>; readonly queue: RehearsalQueue; readonly warn: Warn };

/**
 * Sends the crowd's function to rehearsals that were left: by a start that died before its message was sent, or by a run that died
 * before the end. One that has not begun is too late to begin; each is not judged, and cleared away. A second message changes nothing.
 *
 * @returns how many there were.
 */
export async function takeUpRehearsals({ db, queue, warn }: Dependencies): Promise<number> {
  const left = await leftRehearsals(db, LEFT_AFTER_MS, AT_ONCE);
  for (const rehearsalId of left) {
    try {
      await queue.send(rehearsalId);
    } catch (error) {
      warn("a rehearsal that was left was not taken up", { rehearsalId, error });
    }
  }
  return left.length;
}

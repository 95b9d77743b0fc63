import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import type { Doer } from "../acts/act.ts";
import { recordAct } from "../acts/acts.postgres.ts";
import type { DeadLetterList } from "../contract/dead-letters.ts";
import type { Database } from "../postgres/database.ts";
import { parseReservation } from "../reservation/reservation.ts";
import type { DeadLetter, DeadLetters } from "./dead-letters.sqs.ts";

/** How many ids a line of the log names; the others are counted. */
const MOST_NAMED = 50;

export type RedriveDependencies = { readonly db: Kysely<Database>; readonly box: DeadLetters };

/**
 * Moves dead letters back to the order queue, those named or all. Who does it to which is written first: cut off after it, the
 * log tells of more than was moved, never of less.
 *
 * @returns the ids that were moved.
 */
export async function redriveDeadLetters(
  { db, box }: RedriveDependencies,
  selection: ReadonlySet<string> | "all",
  doer: Doer,
): Promise<string[]> {
  const resting = (await box.list()).map(({ messageId }) => messageId);
  const chosen = selection === "all" ? resting : resting.filter((id) => selection.has(id));
  if (chosen.length === 0) return [];
  const named = chosen.slice(0, MOST_NAMED).join(" ");
  await recordAct(db, {
    actId: `redrive_${randomUUID()}`,
    doer,
    action: "dead_letters_redriven",
    before: { deadLetters: resting.length },
    after: { messages: chosen.length, messageIds: named },
  });
  return box.redrive(new Set(chosen));
}

/** What rests there, with the orders that it is about. */
export const deadLetterList = (letters: readonly DeadLetter[]): DeadLetterList => ({
  letters: letters.map(({ messageId, body, receives, sentAtMs }) => ({
    messageId,
    ...orderIn(body),
    receives,
    sentAt: new Date(sentAtMs).toISOString(),
  })),
});

function orderIn(body: string) {
  try {
    const { orderId, saleId } = parseReservation(body);
    return { orderId, saleId };
  } catch {
    return { orderId: null, saleId: null };
  }
}

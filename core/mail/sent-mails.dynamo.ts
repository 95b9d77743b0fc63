import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import type { OrderMail } from "./order-mail.ts";

/** Times that a mail may be handed to SES by somebody who was not heard of again: who was killed may have sent it. */
const MOST_STARTS = 2;
/** Times that SES may have been silent about it. The waits between them, 1, 4, 16 and 64 minutes, outlast an hour of silence. */
const MOST_SILENCES = 5;
const MINUTE_MS = 60_000;
const WAIT_GROWS_BY = 4;
/** Longer than a message rests anywhere before it is gone. */
const KEEP_SECONDS = 60 * 24 * 60 * 60;

/**
 * `begun`: this caller sends it. `done`: it was sent, or will never be. `wait`: somebody may be sending it, or SES was silent
 * about it lately. `given_up`: it was begun as often as may be, and nobody knows whether it went out.
 */
export type BeginReply =
  { readonly kind: "begun"; readonly silences: number } | { readonly kind: "done" | "wait" | "given_up" };

const MAY_BEGIN = [
  "attribute_not_exists(endedAtMs)",
  "(attribute_not_exists(starts) or starts < :mostStarts)",
  "(attribute_not_exists(silences) or silences < :mostSilences)",
  "(attribute_not_exists(nextAtMs) or nextAtMs <= :now)",
].join(" and ");

export type SentMails = ReturnType<typeof createSentMails>;

/** Which mails were sent: one mark each, beside the addresses. */
export const createSentMails = (client: Dynamo, table: string) =>
  createSentMarks<OrderMail>(client, table, mailMark);

/** An order has a mail for each event, and one for each attempt to pay that was undone. */
const mailMark = ({ orderId, kind, number }: OrderMail): string =>
  kind === "payment_undone" ? `mail#${orderId}#payment-${number}` : `mail#${orderId}#${number}`;

export type SentMarks<What> = ReturnType<typeof createSentMarks<What>>;

/**
 * What was sent of what is sent once: one mark each. Each method throws when the table does not answer.
 *
 * @param markOf under what the mark of one lies.
 */
export function createSentMarks<What>(client: Dynamo, table: string, markOf: (what: What) => string) {
  const keyOf = (what: What) => ({ pk: markOf(what) });
  const update = (what: What, UpdateExpression: string, values: Record<string, unknown>) =>
    client.update({
      TableName: table,
      Key: keyOf(what),
      UpdateExpression,
      ExpressionAttributeValues: values,
    });

  return {
    /** Asks to send one. Whoever has begun says what came of it by `end`, `undo` or `silent`. */
    async begin(what: What, nowMs: number): Promise<BeginReply> {
      try {
        const { Attributes } = await client.update({
          TableName: table,
          Key: keyOf(what),
          // A function that sends runs for less than a minute: until then it is under way.
          UpdateExpression: "add starts :one set nextAtMs = :next, #ttl = :ttl",
          ConditionExpression: MAY_BEGIN,
          ExpressionAttributeNames: { "#ttl": "ttl" },
          ExpressionAttributeValues: {
            ":one": 1,
            ":now": nowMs,
            ":next": nowMs + MINUTE_MS,
            ":ttl": Math.ceil(nowMs / 1000) + KEEP_SECONDS,
            ":mostStarts": MOST_STARTS,
            ":mostSilences": MOST_SILENCES,
          },
          ReturnValues: "ALL_NEW",
        });
        return { kind: "begun", silences: Number(Attributes?.["silences"] ?? 0) };
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
      const { Item = {} } = await client.get({ TableName: table, Key: keyOf(what), ConsistentRead: true });
      if (Item["endedAtMs"] !== undefined) return { kind: "done" };
      return { kind: Number(Item["nextAtMs"] ?? 0) > nowMs ? "wait" : "given_up" };
    },

    /** It went out, or never will: nobody sends it again. */
    async end(what: What, nowMs: number): Promise<void> {
      await update(what, "set endedAtMs = :now", { ":now": nowMs });
    },

    /** It surely did not go out: it may be begun again at once. */
    async undo(what: What): Promise<void> {
      await update(what, "add starts :minus set nextAtMs = :never", { ":minus": -1, ":never": 0 });
    },

    /** Who takes them was silent, as it had been so often before: it may have gone out, and is begun again after a while. */
    async silent(what: What, silencesBefore: number, nowMs: number): Promise<void> {
      const next = nowMs + MINUTE_MS * WAIT_GROWS_BY ** silencesBefore;
      await update(what, "add starts :minus, silences :one set nextAtMs = :next", {
        ":minus": -1,
        ":one": 1,
        ":next": next,
      });
    },
  };
}

import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
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

const keyOf = ({ orderId, number }: OrderMail) => ({ pk: `mail#${orderId}#${number}` });
const isConditionFailure = (error: unknown) =>
  error instanceof Error && error.name === "ConditionalCheckFailedException";

const MAY_BEGIN = [
  "attribute_not_exists(endedAtMs)",
  "(attribute_not_exists(starts) or starts < :mostStarts)",
  "(attribute_not_exists(silences) or silences < :mostSilences)",
  "(attribute_not_exists(nextAtMs) or nextAtMs <= :now)",
].join(" and ");

export type SentMails = ReturnType<typeof createSentMails>;

/** Which mails were sent: one mark each, beside the addresses. Each method throws when the table does not answer. */
export function createSentMails(client: DynamoDBDocumentClient, table: string) {
  const update = (mail: OrderMail, UpdateExpression: string, values: Record<string, unknown>) =>
    client.send(
      new UpdateCommand({
        TableName: table,
        Key: keyOf(mail),
        UpdateExpression,
        ExpressionAttributeValues: values,
      }),
    );

  return {
    /** Asks to send a mail. Whoever has begun says what came of it by `end`, `undo` or `silent`. */
    async begin(mail: OrderMail, nowMs: number): Promise<BeginReply> {
      try {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(mail),
            // A function that sends runs for less than a minute: until then the mail is under way.
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
          }),
        );
        return { kind: "begun", silences: Number(Attributes?.["silences"] ?? 0) };
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
      const { Item = {} } = await client.send(
        new GetCommand({ TableName: table, Key: keyOf(mail), ConsistentRead: true }),
      );
      if (Item["endedAtMs"] !== undefined) return { kind: "done" };
      return { kind: Number(Item["nextAtMs"] ?? 0) > nowMs ? "wait" : "given_up" };
    },

    /** It went out, or never will: nobody sends it again. */
    async end(mail: OrderMail, nowMs: number): Promise<void> {
      await update(mail, "set endedAtMs = :now", { ":now": nowMs });
    },

    /** It surely did not go out: it may be begun again at once. */
    async undo(mail: OrderMail): Promise<void> {
      await update(mail, "add starts :minus set nextAtMs = :never", { ":minus": -1, ":never": 0 });
    },

    /** SES was silent, as it had been so often before: it may have gone out, and is begun again after a while. */
    async silent(mail: OrderMail, silencesBefore: number, nowMs: number): Promise<void> {
      const next = nowMs + MINUTE_MS * WAIT_GROWS_BY ** silencesBefore;
      await update(mail, "add starts :minus, silences :one set nextAtMs = :next", {
        ":minus": -1,
        ":one": 1,
        ":next": next,
      });
    },
  };
}

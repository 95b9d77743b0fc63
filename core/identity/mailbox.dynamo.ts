import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { emptyMailbox, FORGET_MS, type Mailbox } from "./mailbox.ts";

const mailboxItem = v.object({
  codes: v.array(v.object({ hash: v.string(), expiresAtMs: v.number() })),
  mails: v.number(),
  lastMailAtMs: v.number(),
  nextMailAtMs: v.number(),
  version: v.number(),
});

/** How often a change is tried again because another one came first. One mailbox never has so many at one instant. */
const TRIES = 20;

export type Mailboxes = ReturnType<typeof createMailboxes>;

/** The mailboxes of those who sign in: one item each, changed by compare and swap. */
export function createMailboxes(client: DynamoDBDocumentClient, table: string) {
  async function read(key: { readonly pk: string }): Promise<Mailbox> {
    const answer = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return answer.Item ? v.parse(mailboxItem, answer.Item) : emptyMailbox;
  }

  /** False: another change came first. */
  async function swap(key: { readonly pk: string }, next: Mailbox, nowMs: number): Promise<boolean> {
    const ttl = Math.ceil((Math.max(nowMs, next.nextMailAtMs) + FORGET_MS) / 1000);
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: { ...key, ...next, ttl },
          ConditionExpression: "attribute_not_exists(pk) or version = :before",
          ExpressionAttributeValues: { ":before": next.version - 1 },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === "ConditionalCheckFailedException") return false;
      throw error;
    }
  }

  return {
    /**
     * Changes a mailbox as `change` says, which is asked again when another change came first; null: leave it. Answers
     * the mailbox as it is then, and whether this changed it.
     */
    async change(
      email: string,
      nowMs: number,
      change: (mailbox: Mailbox) => Promise<Mailbox | null>,
    ): Promise<{ readonly mailbox: Mailbox; readonly isChanged: boolean }> {
      const key = { pk: `mailbox#${email}` };
      for (let tries = 0; tries < TRIES; tries++) {
        const mailbox = await read(key);
        const next = await change(mailbox);
        if (next === null) return { mailbox, isChanged: false };
        if (await swap(key, next, nowMs)) return { mailbox: next, isChanged: true };
      }
      throw new Error(`A mailbox was changed ${TRIES} times by others while it was about to be`);
    },
  };
}

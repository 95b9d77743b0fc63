import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import type { BuyerId } from "../ids.ts";

const markItem = v.object({
  sk: v.string(),
  state: v.picklist(["sending", "told", "let_go"]),
  attempts: v.number(),
  atMs: v.number(),
  what: v.optional(v.string()),
  about: v.optional(v.string()),
});

/** `told`: the mail was taken. `let_go`: there is no address, or it was refused; nobody tries again. */
export type MarkEnd = "told" | "let_go";
export type Mark = {
  readonly state: "sending" | MarkEnd;
  readonly attempts: number;
  readonly atMs: number;
  /** What was told, where a mail may say one thing or another. */
  readonly what?: string | undefined;
  /** Which occasion it was for, where there may be several. */
  readonly about?: string | undefined;
};

/** The occasion that a buyer is told of once, and until when it is known that they were. A later one begins anew. */
export type Occasion = { readonly about: string; readonly keepUntilMs: number };

/** The mark of one occasion; undefined: nobody was told of it. One without an occasion counts for each. */
export const markOf = (mark: Mark | undefined, about: string): Mark | undefined =>
  mark?.about === undefined || mark.about === about ? mark : undefined;

/** A mail whose sending was not answered may have gone out: after this long it is sent once more, and never a third time. */
const UNCLEAR_MS = 300_000;
const MOST_ATTEMPTS = 2;

/** Whether a mail may be sent now, by its mark; undefined: it has none. */
export const mayTell = (mark: Mark | undefined, nowMs: number): boolean =>
  !mark || (mark.state === "sending" && mark.attempts < MOST_ATTEMPTS && nowMs - mark.atMs >= UNCLEAR_MS);

/** Whether a mail was sent as often as may be, and nobody knows whether it went out. */
export const isGivenUp = (mark: Mark | undefined, nowMs: number): boolean =>
  mark?.state === "sending" && mark.attempts >= MOST_ATTEMPTS && nowMs - mark.atMs >= UNCLEAR_MS;

/** Whether nothing will be sent any more. */
export const isSettled = (mark: Mark | undefined, nowMs: number): boolean =>
  mark !== undefined && (mark.state !== "sending" || isGivenUp(mark, nowMs));

type Key = { readonly pk: string; readonly sk: string };
export type Marks = ReturnType<typeof createMarks>;

const MAY_BEGIN =
  "attribute_not_exists(#state) or (#state = :sending and attempts < :most and atMs <= :unclear) or #what = :over";

/** How far telling each of many buyers the same thing has come: a mark before each mail, and one after. */
export function createMarks(
  client: Dynamo,
  table: string,
  keyOf: (buyerId: BuyerId) => Key,
  occasion?: Occasion,
) {
  /** The first mark of an occasion, over that of another. False: it has one. */
  async function beginAnew(
    buyerId: BuyerId,
    { about, keepUntilMs }: Occasion,
    nowMs: number,
  ): Promise<boolean> {
    try {
      await client.update({
        TableName: table,
        Key: keyOf(buyerId),
        UpdateExpression:
          "set #state = :sending, atMs = :now, attempts = :one, about = :about, #ttl = :ttl remove #what",
        ConditionExpression: "attribute_not_exists(#state) or (attribute_exists(about) and about <> :about)",
        ExpressionAttributeNames: { "#state": "state", "#what": "what", "#ttl": "ttl" },
        ExpressionAttributeValues: {
          ":sending": "sending",
          ":now": nowMs,
          ":one": 1,
          ":about": about,
          ":ttl": Math.ceil(keepUntilMs / 1_000),
        },
      });
      return true;
    } catch (error) {
      if (isConditionFailure(error)) return false;
      throw error;
    }
  }

  return {
    /** Marks a buyer before the mail is sent. False: somebody else sends it, or has, or it was tried often enough. */
    async begin(buyerId: BuyerId, nowMs: number, over = ""): Promise<boolean> {
      if (occasion && (await beginAnew(buyerId, occasion, nowMs))) return true;
      try {
        await client.update({
          TableName: table,
          Key: keyOf(buyerId),
          UpdateExpression: "set #state = :sending, atMs = :now remove #what add attempts :one",
          ConditionExpression: MAY_BEGIN,
          ExpressionAttributeNames: { "#state": "state", "#what": "what" },
          ExpressionAttributeValues: {
            ":sending": "sending",
            ":now": nowMs,
            ":one": 1,
            ":most": MOST_ATTEMPTS,
            ":unclear": nowMs - UNCLEAR_MS,
            ":over": over,
          },
        });
        return true;
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
    },

    /** Marks a buyer after the mail was answered. */
    async end(buyerId: BuyerId, state: MarkEnd, nowMs: number, what = ""): Promise<void> {
      await client.update({
        TableName: table,
        Key: keyOf(buyerId),
        UpdateExpression: "set #state = :state, atMs = :now, #what = :what add attempts :none",
        ExpressionAttributeNames: { "#state": "state", "#what": "what" },
        ExpressionAttributeValues: { ":state": state, ":now": nowMs, ":none": 0, ":what": what || "-" },
      });
    },

    /** The mail was certainly not sent: this attempt does not count, and the next may come at once. */
    async takeBack(buyerId: BuyerId): Promise<void> {
      await client.update({
        TableName: table,
        Key: keyOf(buyerId),
        UpdateExpression: "set atMs = :never add attempts :less",
        ExpressionAttributeValues: { ":never": 0, ":less": -1 },
      });
    },
  };
}

/** The marks of one partition, by buyer. */
export async function readMarks(
  client: Dynamo,
  table: string,
  partition: string,
): Promise<Map<BuyerId, Mark>> {
  const items = v.parse(v.array(markItem), await queryItems(client, table, partition));
  return new Map(items.map(({ sk, ...mark }) => [sk as BuyerId, mark]));
}

import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure, putOnce } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { OWED_PARTITION, owedKey, resultKey, resultPartition } from "./line-key.ts";

const owedItem = v.object({ sk: v.string() });
const markItem = v.object({
  sk: v.string(),
  state: v.picklist(["sending", "told", "let_go"]),
  attempts: v.number(),
  atMs: v.number(),
});

/** `told`: the mail was taken. `let_go`: there is no address, or it was refused; nobody tries again. */
export type ResultEnd = "told" | "let_go";
export type ResultMark = {
  readonly state: "sending" | ResultEnd;
  readonly attempts: number;
  readonly atMs: number;
};

/** A mail whose sending was not answered may have gone out: after this long it is sent once more, and never a third time. */
const UNCLEAR_MS = 300_000;
const MOST_ATTEMPTS = 2;

/** Whether a result may be sent now, by its mark; undefined: it has none. */
export const mayTell = (mark: ResultMark | undefined, nowMs: number): boolean =>
  !mark || (mark.state === "sending" && mark.attempts < MOST_ATTEMPTS && nowMs - mark.atMs >= UNCLEAR_MS);

/** Whether a mail was sent as often as may be, and nobody knows whether it went out. */
export const isGivenUp = (mark: ResultMark | undefined, nowMs: number): boolean =>
  mark?.state === "sending" && mark.attempts >= MOST_ATTEMPTS && nowMs - mark.atMs >= UNCLEAR_MS;

/** Whether nothing will be sent for an entry any more. */
export const isSettled = (mark: ResultMark | undefined, nowMs: number): boolean =>
  mark !== undefined && (mark.state !== "sending" || isGivenUp(mark, nowMs));

export type Results = ReturnType<typeof createResults>;

/** Which draws owe their entrants a mail, and for each entry how far that has come. */
export function createResults(client: Dynamo, table: string) {
  return {
    /** Says that a draw's entrants are to be told; safe to repeat. */
    async owe(saleId: SaleId): Promise<void> {
      await putOnce(client, table, owedKey(saleId));
    },

    async owed(): Promise<SaleId[]> {
      const items = await queryItems(client, table, OWED_PARTITION);
      return v.parse(v.array(owedItem), items).map(({ sk }) => sk as SaleId);
    },

    /** All of a draw's entrants have been told. */
    async settle(saleId: SaleId): Promise<void> {
      await client.delete({ TableName: table, Key: owedKey(saleId) });
    },

    /** The marks of one part of the list, by buyer. */
    async marks(saleId: SaleId, part: number): Promise<Map<BuyerId, ResultMark>> {
      const items = v.parse(
        v.array(markItem),
        await queryItems(client, table, resultPartition(saleId, part)),
      );
      return new Map(items.map(({ sk, ...mark }) => [sk as BuyerId, mark]));
    },

    /** Marks an entry before its mail is sent. False: somebody else sends it, or has, or it was tried often enough. */
    async begin(saleId: SaleId, buyerId: BuyerId, nowMs: number): Promise<boolean> {
      try {
        await client.update({
          TableName: table,
          Key: resultKey(saleId, buyerId),
          UpdateExpression: "set #state = :sending, atMs = :now add attempts :one",
          ConditionExpression:
            "attribute_not_exists(#state) or (#state = :sending and attempts < :most and atMs <= :unclear)",
          ExpressionAttributeNames: { "#state": "state" },
          ExpressionAttributeValues: {
            ":sending": "sending",
            ":now": nowMs,
            ":one": 1,
            ":most": MOST_ATTEMPTS,
            ":unclear": nowMs - UNCLEAR_MS,
          },
        });
        return true;
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
    },

    /** Marks an entry after its mail was answered. */
    async end(saleId: SaleId, buyerId: BuyerId, state: ResultEnd, nowMs: number): Promise<void> {
      await client.update({
        TableName: table,
        Key: resultKey(saleId, buyerId),
        UpdateExpression: "set #state = :state, atMs = :now add attempts :none",
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: { ":state": state, ":now": nowMs, ":none": 0 },
      });
    },

    /** The mail was certainly not sent: this attempt does not count, and the next may come at once. */
    async takeBack(saleId: SaleId, buyerId: BuyerId): Promise<void> {
      await client.update({
        TableName: table,
        Key: resultKey(saleId, buyerId),
        UpdateExpression: "set atMs = :never add attempts :less",
        ExpressionAttributeValues: { ":never": 0, ":less": -1 },
      });
    },
  };
}

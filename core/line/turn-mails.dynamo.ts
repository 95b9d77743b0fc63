import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import type { SaleId } from "../ids.ts";
import { createMarks, readMarks } from "../mail/marks.dynamo.ts";
import { owedTurnKey, toldKey, TURNS_PARTITION, turnTellingPartition, watchedTurnsKey } from "./line-key.ts";

const owedItem = v.object({ saleId: v.string(), step: v.number(), atMs: v.number() });
const watchedItem = v.object({ untilMs: v.number() });

const KEEP_MS = 90 * 24 * 60 * 60 * 1_000;

/** A step whose people are to be told. It may not be in the log yet, or never come there. */
export type OwedTurn = { readonly saleId: SaleId; readonly step: number; readonly atMs: number };

export type TurnMails = ReturnType<typeof createTurnMails>;

/** Whose turn is still to be told by mail, and to whom of a step it was. */
export function createTurnMails(client: Dynamo, table: string) {
  return {
    /** Says that the people of a step are to be told; safe to repeat. */
    async owe(saleId: SaleId, step: number, atMs: number): Promise<void> {
      await client.put({ TableName: table, Item: { ...owedTurnKey(saleId, step), saleId, step, atMs } });
    },

    async owed(): Promise<OwedTurn[]> {
      const items = await queryItems(client, table, TURNS_PARTITION);
      return v
        .parse(v.array(owedItem), items)
        .map(({ saleId, ...rest }) => ({ saleId: saleId as SaleId, ...rest }));
    },

    /** All of a step's people have been told, or can no longer be. */
    async settle(saleId: SaleId, step: number): Promise<void> {
      await client.delete({ TableName: table, Key: owedTurnKey(saleId, step) });
    },

    /** Says that turns may begin at any moment until then; it only ever rises. */
    async watchUntil(untilMs: number): Promise<void> {
      try {
        await client.update({
          TableName: table,
          Key: watchedTurnsKey,
          UpdateExpression: "set untilMs = :until",
          ConditionExpression: "attribute_not_exists(untilMs) or untilMs < :until",
          ExpressionAttributeValues: { ":until": untilMs },
        });
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
    },

    async watchedUntilMs(): Promise<number> {
      const { Item } = await client.get({ TableName: table, Key: watchedTurnsKey, ConsistentRead: true });
      return Item ? v.parse(watchedItem, Item).untilMs : 0;
    },

    allMarks: (saleId: SaleId, step: number) => readMarks(client, table, turnTellingPartition(saleId, step)),

    /** @param untilMs when the turn ends: a while later nobody needs to know any more who was told of it. */
    marks: (saleId: SaleId, step: number, untilMs: number) =>
      createMarks(client, table, (buyerId) => toldKey(saleId, step, buyerId), {
        about: String(step),
        keepUntilMs: untilMs + KEEP_MS,
      }),
  };
}

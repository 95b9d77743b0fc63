import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { putOnce } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { createMarks, type Mark, type MarkEnd, readMarks } from "../mail/marks.dynamo.ts";
import { OWED_PARTITION, owedKey, resultKey, resultPartition } from "./line-key.ts";

const owedItem = v.object({ sk: v.string() });

export type Results = ReturnType<typeof createResults>;

/** Which draws owe their entrants a mail, and for each entry how far that has come. */
export function createResults(client: Dynamo, table: string) {
  const marksOf = (saleId: SaleId) => createMarks(client, table, (buyerId) => resultKey(saleId, buyerId));
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
    marks: (saleId: SaleId, part: number): Promise<Map<BuyerId, Mark>> =>
      readMarks(client, table, resultPartition(saleId, part)),

    /**
     * Marks an entry before its mail is sent. False: somebody else sends it, or has, or it was tried often enough.
     *
     * @param over what may have been told before, and is so no longer.
     */
    begin: (saleId: SaleId, buyerId: BuyerId, nowMs: number, over?: string): Promise<boolean> =>
      marksOf(saleId).begin(buyerId, nowMs, over),

    /** Marks an entry after its mail was answered. */
    end: (saleId: SaleId, buyerId: BuyerId, state: MarkEnd, nowMs: number, what?: string): Promise<void> =>
      marksOf(saleId).end(buyerId, state, nowMs, what),

    /** The mail was certainly not sent: this attempt does not count, and the next may come at once. */
    takeBack: (saleId: SaleId, buyerId: BuyerId): Promise<void> => marksOf(saleId).takeBack(buyerId),
  };
}

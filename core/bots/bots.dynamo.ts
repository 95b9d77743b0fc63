import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { putOnce } from "../dynamo/put-once.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { MOST_COUNTED } from "./risk.ts";

const spentItem = v.object({ list: v.number() });
const seenItem = v.object({ atMs: v.number() });

const placeOf = (saleId: SaleId, place: string) => `${saleId}#from#${place}`;

export type BotRecords = ReturnType<typeof createBotRecords>;

/**
 * Solutions that were spent, and which buyers joined from where, in the table of the lines. Places are told by a hash under our
 * key: who reads the table learns nobody's address.
 */
export function createBotRecords(client: Dynamo, table: string) {
  return {
    /** Spends a solution for a list. False: it was spent for another one. Again for the same one: the join is repeated. */
    async spend(saleId: SaleId, signature: string, list: number): Promise<boolean> {
      const key = { pk: `${saleId}#spent#${signature}`, sk: "spent" };
      if ((await putOnce(client, table, { ...key, list })) === "written") return true;
      const { Item } = await client.get({ TableName: table, Key: key, ConsistentRead: true });
      return v.parse(spentItem, Item).list === list;
    },

    /** Notes that a buyer joins from a place; safe to repeat. */
    async note(saleId: SaleId, place: string, buyerId: BuyerId, atMs: number): Promise<void> {
      const item = { pk: placeOf(saleId, place), sk: buyerId, atMs };
      await client.put({ TableName: table, Item: item });
    },

    /** When buyers joined from a place, each once; not more than are worth counting. */
    async joinedFrom(saleId: SaleId, place: string): Promise<number[]> {
      const { Items } = await client.query({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": placeOf(saleId, place) },
        Limit: MOST_COUNTED,
      });
      return v.parse(v.array(seenItem), Items ?? []).map(({ atMs }) => atMs);
    },
  };
}

import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { putOnce } from "../dynamo/put-once.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { MOST_COUNTED } from "./risk.ts";

const spentItem = v.object({ list: v.number() });
const seenItem = v.object({ atMs: v.number() });
const askedItem = v.object({ atMs: v.number(), source: v.string() });
type Asker = v.InferOutput<typeof askedItem>;

/**
 * A spent mark stands so much longer than its challenge, by whose clock ever: a machine whose clock is late takes a challenge for
 * longer than it is good, and must find that it was spent. DynamoDB deletes it then, a while later.
 */
const KEEP_SECONDS = 24 * 60 * 60;
/** A line is joined within days; who asked or joined from where is nobody's business for longer. DynamoDB deletes it then. */
const PLACE_KEEP_SECONDS = 30 * 24 * 60 * 60;
type Solved = { readonly signature: string; readonly expiresAt: number };

const placeOf = (saleId: SaleId, place: string) => `${saleId}#from#${place}`;
const askedOf = (saleId: SaleId, neighbourhood: string) => `${saleId}#asked#${neighbourhood}`;
const ttlOf = (atMs: number) => Math.ceil(atMs / 1000) + PLACE_KEEP_SECONDS;

export type BotRecords = ReturnType<typeof createBotRecords>;

/**
 * Solutions that were spent, and which buyers asked and joined from where, in the table of the lines. Places are told by a hash under our
 * key: who reads the table learns nobody's address.
 */
export function createBotRecords(client: Dynamo, table: string) {
  async function inPlace(pk: string) {
    const { Items } = await client.query({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
      Limit: MOST_COUNTED,
    });
    return Items ?? [];
  }

  return {
    /**
     * Spends a solution for a list. False: it was spent for another one. Again for the same one: the join is repeated.
     *
     * @param expiresAt seconds since 1970 at which its challenge is worth nothing: the mark stands longer.
     */
    async spend(saleId: SaleId, { signature, expiresAt }: Solved, list: number): Promise<boolean> {
      const key = { pk: `${saleId}#spent#${signature}`, sk: "spent" };
      const ttl = expiresAt + KEEP_SECONDS;
      if ((await putOnce(client, table, { ...key, list, ttl })) === "written") return true;
      const { Item } = await client.get({ TableName: table, Key: key, ConsistentRead: true });
      return v.parse(spentItem, Item).list === list;
    },

    /** Notes that a buyer joins from a place; safe to repeat. */
    async note(saleId: SaleId, place: string, buyerId: BuyerId, atMs: number): Promise<void> {
      const item = { pk: placeOf(saleId, place), sk: buyerId, atMs, ttl: ttlOf(atMs) };
      await client.put({ TableName: table, Item: item });
    },

    /** When buyers joined from a place, each once; not more than are worth counting. */
    async joinedFrom(saleId: SaleId, place: string): Promise<number[]> {
      const items = await inPlace(placeOf(saleId, place));
      return v.parse(v.array(seenItem), items).map(({ atMs }) => atMs);
    },

    /** Notes that a buyer asks for a puzzle from a source: one item, however often they ask. */
    async noteAsking(
      saleId: SaleId,
      { source, neighbourhood }: { readonly source: string; readonly neighbourhood: string },
      buyerId: BuyerId,
      atMs: number,
    ): Promise<void> {
      const item = { pk: askedOf(saleId, neighbourhood), sk: buyerId, source, atMs, ttl: ttlOf(atMs) };
      await client.put({ TableName: table, Item: item });
    },

    /** Who asked for a puzzle from a neighbourhood, each once; not more than are worth counting. */
    askedFrom: async (saleId: SaleId, neighbourhood: string): Promise<Asker[]> =>
      v.parse(v.array(askedItem), await inPlace(askedOf(saleId, neighbourhood))),
  };
}

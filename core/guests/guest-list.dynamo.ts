import * as v from "valibot";
import { buyerId } from "../contract/ids.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import { type Item, writeItems } from "../dynamo/write-items.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { buyerKey, cameKey, camePartitions, guessKey, listPartitions, rowKey } from "./guest-key.ts";
import type { GuestRow } from "./guest-rows.ts";

const rowItem = v.pipe(
  v.object({ sk: v.string(), shown: v.string(), tier: v.string(), uses: v.number() }),
  v.transform(({ sk, ...row }): GuestRow => ({ key: sk, ...row })),
);
const cameItem = v.object({ sk: v.string(), buyers: v.set(buyerId) });
const boundItem = v.object({ key: v.string() });

const DELETES_AT_ONCE = 16;

/** Who came with which row. */
export type Came = ReadonlyMap<string, number>;
export type GuestLists = ReturnType<typeof createGuestLists>;

/**
 * The lists of guests, and who came with which of their rows. A list is written whole under an id of its own before a sale goes
 * by it; who came lies apart from it, so that another list forgets nobody. Reads are strongly consistent.
 */
export function createGuestLists(client: Dynamo, table: string) {
  const get = async (Key: Record<string, unknown>): Promise<Item | undefined> =>
    (await client.get({ TableName: table, Key, ConsistentRead: true })).Item;
  const everyPart = async (partitions: readonly string[]) =>
    (await Promise.all(partitions.map((pk) => queryItems(client, table, pk)))).flat();

  return {
    /** Writes rows, each over the one that had its key. `keepUntilMs`: the table deletes them some time after. */
    write: (saleId: SaleId, list: string, rows: readonly GuestRow[], keepUntilMs: number): Promise<void> =>
      writeItems(
        client,
        table,
        rows.map(({ key, ...row }) => ({
          ...rowKey(saleId, list, key),
          ...row,
          ttl: Math.ceil(keepUntilMs / 1000),
        })),
      ),

    find: async (saleId: SaleId, list: string, key: string): Promise<GuestRow | null> => {
      const item = await get(rowKey(saleId, list, key));
      return item ? v.parse(rowItem, item) : null;
    },

    rows: async (saleId: SaleId, list: string): Promise<GuestRow[]> =>
      list === "" ? [] : v.parse(v.array(rowItem), await everyPart(listPartitions(saleId, list))),

    /** Takes a list away that no sale goes by any more; what a crash leaves of it the table deletes later. */
    async forget(saleId: SaleId, list: string, rows: readonly GuestRow[]): Promise<void> {
      const left = [...rows];
      const work = async () => {
        for (let row = left.pop(); row; row = left.pop())
          await client.delete({ TableName: table, Key: rowKey(saleId, list, row.key) });
      };
      await Promise.all(Array.from({ length: DELETES_AT_ONCE }, work));
    },

    /**
     * Binds a row to a buyer who comes with it; false: as many others as it is for came before. One conditional write: of two
     * who come at once with a code for one, one is let in, and stays so however often they ask.
     */
    async bind(
      saleId: SaleId,
      row: Pick<GuestRow, "key" | "uses">,
      { buyer, keepUntilMs }: { readonly buyer: BuyerId; readonly keepUntilMs: number },
    ): Promise<boolean> {
      const ttl = Math.ceil(keepUntilMs / 1000);
      try {
        await client.update({
          TableName: table,
          Key: cameKey(saleId, row.key),
          UpdateExpression: "add buyers :me set #ttl = :ttl",
          ExpressionAttributeNames: { "#ttl": "ttl" },
          ConditionExpression:
            "attribute_not_exists(buyers) or contains(buyers, :id) or size(buyers) < :uses",
          ExpressionAttributeValues: {
            ":me": new Set([buyer]),
            ":id": buyer,
            ":uses": row.uses,
            ":ttl": ttl,
          },
        });
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
      await client.put({ TableName: table, Item: { ...buyerKey(saleId, buyer), key: row.key, ttl } });
      return true;
    },

    /** With which row a buyer came last; null: with none. */
    async boundTo(saleId: SaleId, buyer: BuyerId): Promise<string | null> {
      const item = await get(buyerKey(saleId, buyer));
      return item ? v.parse(boundItem, item).key : null;
    },

    /** How many buyers came with each row with which anybody did. */
    async came(saleId: SaleId): Promise<Came> {
      const items = v.parse(v.array(cameItem), await everyPart(camePartitions(saleId)));
      return new Map(items.map(({ sk, buyers }) => [sk, buyers.size]));
    },

    /** Counts one more guess of somebody in the window that holds now; answers how many there are in it. */
    async countGuess(who: string, windowSeconds: number, nowMs: number): Promise<number> {
      const window = Math.floor(nowMs / 1000 / windowSeconds);
      const { Attributes } = await client.update({
        TableName: table,
        Key: guessKey(who, window),
        UpdateExpression: "add guesses :one set #ttl = :ttl",
        ExpressionAttributeNames: { "#ttl": "ttl" },
        ExpressionAttributeValues: { ":one": 1, ":ttl": (window + 2) * windowSeconds },
        ReturnValues: "ALL_NEW",
      });
      return v.parse(v.number(), Attributes?.["guesses"]);
    },

    /** How many guesses of somebody there are in the window that holds now. */
    async guesses(who: string, windowSeconds: number, nowMs: number): Promise<number> {
      const item = await get(guessKey(who, Math.floor(nowMs / 1000 / windowSeconds)));
      return item ? v.parse(v.number(), item["guesses"]) : 0;
    },

    /** Takes a guess back that was none: the code was good. */
    async uncountGuess(who: string, windowSeconds: number, nowMs: number): Promise<void> {
      await client.update({
        TableName: table,
        Key: guessKey(who, Math.floor(nowMs / 1000 / windowSeconds)),
        UpdateExpression: "add guesses :less",
        ExpressionAttributeValues: { ":less": -1 },
      });
    },
  };
}

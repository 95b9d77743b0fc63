import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import { type Item, writeItems } from "../dynamo/write-items.dynamo.ts";
import type { SaleId } from "../ids.ts";
import { createCame } from "./came.dynamo.ts";
import { guessKey, listPartitions, rowKey } from "./guest-key.ts";
import type { GuestRow } from "./guest-rows.ts";

const rowItem = v.pipe(
  v.object({ sk: v.string(), shown: v.string(), tier: v.string(), uses: v.number() }),
  v.transform(({ sk, ...row }): GuestRow => ({ key: sk, ...row })),
);

const DELETES_AT_ONCE = 16;

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

    ...createCame(client, table),

    /** The row as it is stored. */
    item: (saleId: SaleId, list: string, key: string) => get(rowKey(saleId, list, key)),

    /** Gives a row another name, and takes from it what it was given as; safe to repeat. */
    async rename(saleId: SaleId, list: string, key: string, name: string): Promise<void> {
      const row = await get(rowKey(saleId, list, key));
      if (!row) return;
      await client.put({ TableName: table, Item: { ...row, ...rowKey(saleId, list, name), shown: "" } });
      await client.delete({ TableName: table, Key: rowKey(saleId, list, key) });
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

import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { putOnce } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import { chunk } from "../dynamo/write-items.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { JoinedEntry } from "./closed-list.ts";
import type { Lane } from "./leaf.ts";
import { entryKey, joinedKey, LIST_PARTS, listPartitions } from "./line-key.ts";

const entryItem = v.object({
  sk: v.string(),
  list: v.number(),
  lane: v.picklist([0, 1]),
  quantity: v.number(),
  salt: v.string(),
});

/** An entry with the list that it is in. */
export type BuyerEntry = JoinedEntry & { readonly list: number };

const entryOf = (stored: unknown): BuyerEntry => {
  const { sk, list, lane, quantity, salt } = v.parse(entryItem, stored);
  return {
    buyerId: sk as BuyerId,
    list,
    lane: lane satisfies Lane,
    quantity,
    salt: Buffer.from(salt, "hex"),
  };
};

const READS_AT_ONCE = 25;
const PARTS_AT_ONCE = 8;

export type Joins = ReturnType<typeof createJoins>;

/** Who has joined which list. Reads are strongly consistent; a put that threw may have happened all the same. */
export function createJoins(client: Dynamo, table: string) {
  const get = async (key: Record<string, unknown>) =>
    (await client.get({ TableName: table, Key: key, ConsistentRead: true })).Item;

  return {
    /** Puts an entry unless its buyer has one in this list: of two devices one is first, and both get the same. */
    async put(saleId: SaleId, entry: BuyerEntry): Promise<{ isNew: boolean; entry: BuyerEntry }> {
      const { buyerId, list, lane, quantity, salt } = entry;
      const key = entryKey(saleId, list, buyerId);
      const put = await putOnce(client, table, {
        ...key,
        list,
        lane,
        quantity,
        salt: Buffer.from(salt).toString("hex"),
      });
      return put === "written" ? { isNew: true, entry } : { isNew: false, entry: entryOf(await get(key)) };
    },

    /** Says that somebody joins: from then on the sale's mode stays. */
    async markJoined(saleId: SaleId): Promise<void> {
      await putOnce(client, table, joinedKey(saleId));
    },

    hasAnyJoined: async (saleId: SaleId): Promise<boolean> => (await get(joinedKey(saleId))) !== undefined,

    /** A buyer's entries in the lists up to `last`, oldest first. */
    async ofBuyer(saleId: SaleId, buyerId: BuyerId, last: number): Promise<BuyerEntry[]> {
      const keys = Array.from({ length: last + 1 }, (_, list) => entryKey(saleId, list, buyerId));
      const found: BuyerEntry[] = [];
      for (const some of chunk(keys, READS_AT_ONCE))
        for (const item of await Promise.all(some.map(get))) if (item) found.push(entryOf(item));
      return found;
    },

    /** Takes an entry out of a list that is open. */
    async remove(saleId: SaleId, list: number, buyerId: BuyerId): Promise<void> {
      await client.delete({ TableName: table, Key: entryKey(saleId, list, buyerId) });
    },

    /** Whether anybody is in a list. */
    async hasEntries(saleId: SaleId, list: number): Promise<boolean> {
      const counts = await Promise.all(
        listPartitions(saleId, list).map(async (pk) => {
          const query = {
            TableName: table,
            ConsistentRead: true,
            Limit: 1,
            Select: "COUNT" as const,
            KeyConditionExpression: "pk = :pk",
            ExpressionAttributeValues: { ":pk": pk },
          };
          return (await client.query(query)).Count ?? 0;
        }),
      );
      return counts.some((count) => count > 0);
    },

    /** Everybody in a list, in no order. */
    async ofList(saleId: SaleId, list: number): Promise<BuyerEntry[]> {
      const partitions = listPartitions(saleId, list);
      const entries: BuyerEntry[] = [];
      for (let from = 0; from < LIST_PARTS; from += PARTS_AT_ONCE) {
        const parts = partitions.slice(from, from + PARTS_AT_ONCE);
        for (const items of await Promise.all(parts.map((pk) => queryItems(client, table, pk))))
          for (const one of items) entries.push(entryOf(one));
      }
      return entries;
    },
  };
}

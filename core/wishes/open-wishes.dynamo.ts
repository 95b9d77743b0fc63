import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { putOnce } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import { wish as storedWish, type Wish } from "../reservation/wish.ts";

/** One partition of the ledger's table: people withdraw over days, not all at once. */
const PARTITION = "wishes#open";
const keyOf = (wishId: string) => ({ pk: PARTITION, sk: wishId });

export type OpenWishes = ReturnType<typeof createOpenWishes>;

/** The wishes that may not have been decided on yet: what nobody finishes is found from here. */
export function createOpenWishes(client: Dynamo, table: string) {
  return {
    /**
     * Before the wish goes anywhere. @returns the wish as it was put first: what counts is when it was received first.
     */
    async add(wish: Wish): Promise<Wish> {
      if ((await putOnce(client, table, { ...keyOf(wish.wishId), ...wish })) === "written") return wish;
      const { Item } = await client.get({
        TableName: table,
        Key: keyOf(wish.wishId),
        ConsistentRead: true,
      });
      // It was decided on and taken off meanwhile.
      return Item ? v.parse(storedWish, Item) : wish;
    },

    /** All of them, in no order. */
    async all(): Promise<Wish[]> {
      return v.parse(v.array(storedWish), await queryItems(client, table, PARTITION));
    },

    /** It is decided. */
    async remove(wishId: string): Promise<void> {
      await client.delete({ TableName: table, Key: keyOf(wishId) });
    },
  };
}

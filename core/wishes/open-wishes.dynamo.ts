import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure, putOnce } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import { wish as storedWish, type Wish } from "../reservation/wish.ts";

/** One partition of the ledger's table: people withdraw over days, not all at once. */
const PARTITION = "wishes#open";
const keyOf = (wishId: string) => ({ pk: PARTITION, sk: wishId });

/** How often it was sent again, and until when nobody need do so. */
const waiting = v.object({ sends: v.optional(v.number(), 0), nextAtMs: v.optional(v.number(), 0) });
export type OpenWish = v.InferOutput<typeof waiting> & { readonly wish: Wish };

export type OpenWishes = ReturnType<typeof createOpenWishes>;

/** The wishes that may not have been decided on yet: what nobody finishes is found from here. */
export function createOpenWishes(client: Dynamo, table: string) {
  /** Which order a key has named stays, as the wish itself stays with its order. */
  async function claim({ wishId, orderId }: Wish): Promise<boolean> {
    const Key = { pk: `wishes#named#${wishId}`, sk: "order" };
    if ((await putOnce(client, table, { ...Key, orderId })) === "written") return true;
    const { Item } = await client.get({ TableName: table, Key, ConsistentRead: true });
    return Item?.["orderId"] === orderId;
  }

  return {
    /**
     * Before the wish goes anywhere. @returns the wish as it was put first: what counts is when it was received first. Null: its
     * key has named another order before, however long ago.
     */
    async add(wish: Wish): Promise<Wish | null> {
      if (!(await claim(wish))) return null;
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
    async all(): Promise<OpenWish[]> {
      const items = await queryItems(client, table, PARTITION);
      return items.map((item) => ({ wish: v.parse(storedWish, item), ...v.parse(waiting, item) }));
    },

    /** It was sent again, so often by now, and nobody need send it before then. One that was taken off meanwhile stays off. */
    async wait(wish: Wish, sends: number, nextAtMs: number): Promise<void> {
      try {
        await client.put({
          TableName: table,
          Item: { ...keyOf(wish.wishId), ...wish, sends, nextAtMs },
          ConditionExpression: "attribute_exists(pk)",
        });
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
    },

    /** It is decided. */
    async remove(wishId: string): Promise<void> {
      await client.delete({ TableName: table, Key: keyOf(wishId) });
    },
  };
}

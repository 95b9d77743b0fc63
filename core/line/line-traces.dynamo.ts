import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import type { Item } from "../dynamo/write-items.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { entryKey, lanesKey, resultKey } from "./line-key.ts";

const AT_ONCE = 25;

export type LineTraces = ReturnType<typeof createLineTraces>;

/** What a line keeps of a buyer: seen, and erased. What is public of it names nobody once the salt is gone. */
export function createLineTraces(client: Dynamo, table: string) {
  const get = async (Key: Item): Promise<Item | undefined> =>
    (await client.get({ TableName: table, Key, ConsistentRead: true })).Item;

  async function entries(saleId: SaleId, buyerId: BuyerId, lists: number): Promise<Item[]> {
    const found: Item[] = [];
    for (let from = 0; from < lists; from += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, lists - from) }, (_, i) => from + i);
      const items = await Promise.all(some.map((list) => get(entryKey(saleId, list, buyerId))));
      found.push(...items.filter((item) => item !== undefined));
    }
    return found;
  }

  return {
    entries,

    /** The entries, and how far telling them of a draw's result has come. */
    async read(saleId: SaleId, buyerId: BuyerId, lists: number): Promise<Item[]> {
      const result = await get(resultKey(saleId, buyerId));
      return [...(await entries(saleId, buyerId, lists)), ...(result ? [result] : [])];
    },

    /**
     * Erases entries with their salts, and what names their buyer beside them; safe to repeat. Leaves, roots and proofs are
     * files of their own, and stay as they are.
     *
     * @returns how many entries there were.
     */
    async erase(saleId: SaleId, buyerId: BuyerId, lists: number): Promise<number> {
      const found = await entries(saleId, buyerId, lists);
      for (const { list } of found) {
        await client.update({
          TableName: table,
          Key: lanesKey(saleId, Number(list)),
          UpdateExpression: "delete buyers :buyer",
          ExpressionAttributeValues: { ":buyer": new Set([buyerId]) },
        });
        await client.delete({ TableName: table, Key: entryKey(saleId, Number(list), buyerId) });
      }
      await client.delete({ TableName: table, Key: resultKey(saleId, buyerId) });
      return found.length;
    },
  };
}

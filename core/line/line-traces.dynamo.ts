import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { readItems } from "../dynamo/read-items.dynamo.ts";
import type { Item } from "../dynamo/write-items.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { entryOf } from "./entries.dynamo.ts";
import { entryKey, entryKeys, lanesKey, resultKey, toldKey } from "./line-key.ts";
import { createLineLogs } from "./line-log.dynamo.ts";
import { inLane0, receiptOf } from "./ticket.ts";
import { stepsOf } from "./turn.ts";
import { rankIn } from "./turns.ts";

export type LineTraces = ReturnType<typeof createLineTraces>;

/** What a line keeps of a buyer: seen, and erased. What is public of it names nobody once the salt is gone. */
export function createLineTraces(client: Dynamo, table: string) {
  const logs = createLineLogs(client, table);
  const get = async (Key: Item): Promise<Item | undefined> =>
    (await client.get({ TableName: table, Key, ConsistentRead: true })).Item;

  const entries = (saleId: SaleId, buyerId: BuyerId, lists: number): Promise<Item[]> =>
    readItems(client, table, entryKeys(saleId, buyerId, lists));

  /**
   * Where it stands that they were told something: of a draw's result, and of each turn that their entries had. Which turns those were
   * follows from the log, in the lane that an entry was put in as in the one that it may have had since.
   */
  async function toldKeys(saleId: SaleId, buyerId: BuyerId, found: readonly Item[]) {
    if (found.length === 0) return [resultKey(saleId, buyerId)];
    const state = await logs.read(saleId);
    const steps = found.map(entryOf).flatMap((entry) => {
      const receipt = receiptOf(saleId, entry);
      const ranks = [receipt, inLane0(receipt)].map((laneReceipt) => rankIn(state, laneReceipt));
      return ranks.flatMap((rank) => (rank === null ? [] : stepsOf(state, { ...receipt, rank })));
    });
    const turns = [...new Set(steps.map(({ step }) => step))].map((step) => toldKey(saleId, step, buyerId));
    return [resultKey(saleId, buyerId), ...turns];
  }

  /** Of which lists it is noted that their lane was undone; others beside them are not shown. */
  async function undoneIn(saleId: SaleId, buyerId: BuyerId, found: readonly Item[]): Promise<Item[]> {
    const keys = found.map(({ list }) => lanesKey(saleId, Number(list)));
    const items = await Promise.all(keys.map(get));
    return keys
      .filter((_, index) => (items[index]?.["buyers"] as ReadonlySet<string> | undefined)?.has(buyerId))
      .map((key) => ({ ...key, buyers: [buyerId] }));
  }

  return {
    entries,

    /** The entries, that their lane was undone, and how far telling them of a draw's result and of their turns has come. */
    async read(saleId: SaleId, buyerId: BuyerId, lists: number): Promise<Item[]> {
      const found = await entries(saleId, buyerId, lists);
      const marks = await Promise.all((await toldKeys(saleId, buyerId, found)).map(get));
      const undone = await undoneIn(saleId, buyerId, found);
      return [...found, ...undone, ...marks.filter((item) => item !== undefined)];
    },

    /**
     * Erases entries with their salts, and what names their buyer beside them; safe to repeat. Leaves, roots and proofs are
     * files of their own, and stay as they are. The entries go last: by them the rest is found, however often this is cut off.
     *
     * @returns how many entries there were.
     */
    async erase(saleId: SaleId, buyerId: BuyerId, lists: number): Promise<number> {
      const found = await entries(saleId, buyerId, lists);
      for (const Key of await toldKeys(saleId, buyerId, found))
        await client.delete({ TableName: table, Key });
      for (const { list } of found) {
        await client.update({
          TableName: table,
          Key: lanesKey(saleId, Number(list)),
          UpdateExpression: "delete buyers :buyer",
          ExpressionAttributeValues: { ":buyer": new Set([buyerId]) },
        });
        await client.delete({ TableName: table, Key: entryKey(saleId, Number(list), buyerId) });
      }
      return found.length;
    },
  };
}

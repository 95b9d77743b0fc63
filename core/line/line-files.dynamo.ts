import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import { writeItems } from "../dynamo/write-items.dynamo.ts";
import type { SaleId } from "../ids.ts";
import { HASH_BYTES } from "./bytes.ts";
import {
  type ClosedList,
  closeList,
  LIST_PAGE_ENTRIES,
  type ListedEntry,
  listPage,
  parseListPage,
} from "./closed-list.ts";
import { hasLeafIn, leafParts, partOfLeaf } from "./leaf-parts.ts";
import { hasHash } from "./sort-hashes.ts";
import {
  boundKey,
  listKey,
  listPageKey,
  orderPageKey,
  ordersKey,
  leavesKey,
  type CountedList,
  type RootedList,
  unitsKey,
} from "./line-key.ts";

const page = v.object({ text: v.string() });
const listItem = v.object({ count: v.number(), firstLeaves: v.array(v.string()) });
const ordersItem = v.object({ count: v.number(), pages: v.number(), isFinal: v.boolean() });
export type OrderFiles = v.InferOutput<typeof ordersItem>;
type OrderTable = { readonly pages: readonly string[]; readonly count: number; readonly isFinal: boolean };

/** Hashes to an item, and what became of orders: at most 80 bytes each. */
const BOUND_PAGE = 5_000;
const UNITS_PAGE = 4_000;

export type LineFiles = ReturnType<typeof createLineFiles>;

/** The public files of a line, as they are served: a page is an item, at most 400 KB. */
export function createLineFiles(client: Dynamo, table: string) {
  const put = (item: Record<string, unknown>) => client.put({ TableName: table, Item: item });
  const get = async (key: Record<string, unknown>) =>
    (await client.get({ TableName: table, Key: key, ConsistentRead: true })).Item;
  const textOf = async (key: Record<string, unknown>) => {
    const found = await get(key);
    return found ? v.parse(page, found).text : null;
  };

  async function putFenced(item: Record<string, unknown>, fence: number): Promise<boolean> {
    try {
      await client.put({
        TableName: table,
        Item: item,
        ConditionExpression: "attribute_not_exists(fence) or fence <= :fence",
        ExpressionAttributeValues: { ":fence": fence },
      });
      return true;
    } catch (error) {
      if (isConditionFailure(error)) return false;
      throw error;
    }
  }

  async function listInfo(saleId: SaleId, list: RootedList) {
    const found = await get(listKey(saleId, list));
    return found ? v.parse(listItem, found) : null;
  }

  async function isInPages(saleId: SaleId, list: RootedList, leaf: string): Promise<boolean> {
    const info = await listInfo(saleId, list);
    const number = info?.firstLeaves.findLastIndex((first) => first <= leaf) ?? -1;
    const text = number < 0 ? null : await textOf(listPageKey(saleId, list, number));
    if (text === null) return false;
    const { leaves } = closeList(saleId, list.list, parseListPage(text));
    return hasHash(leaves, Buffer.from(leaf, "hex"));
  }

  type KeyOf = (number: number) => Record<string, unknown>;
  async function putParts(keyOf: KeyOf, lines: readonly string[], size: number): Promise<void> {
    for (let number = 0; number * size < lines.length; number++)
      await put({ ...keyOf(number), text: lines.slice(number * size, (number + 1) * size).join("\n") });
  }

  async function readParts(keyOf: KeyOf): Promise<string[]> {
    const found: string[] = [];
    for (let number = 0; ; number++) {
      const text = await textOf(keyOf(number));
      if (text === null) return found;
      found.push(...text.split("\n"));
    }
  }

  return {
    /** Writes a list's pages, and then that they are there. Only the list whose root is in the log counts. */
    async putList(closed: ClosedList, root: string): Promise<void> {
      const { saleId, count, leaves } = closed;
      const list = { list: closed.list, root };
      const pages = Math.ceil(count / LIST_PAGE_ENTRIES);
      const firstLeaves: string[] = [];
      for (let number = 0; number < pages; number++) {
        const from = number * LIST_PAGE_ENTRIES * HASH_BYTES;
        firstLeaves.push(leaves.toString("hex", from, from + HASH_BYTES));
        await put({ ...listPageKey(saleId, list, number), text: listPage(closed, number) });
      }
      const parts = leafParts(leaves).map((text, part) => ({ ...leavesKey(saleId, list, part), text }));
      await writeItems(client, table, parts);
      await put({ ...listKey(saleId, list), count, firstLeaves });
    },

    listPage: (saleId: SaleId, list: RootedList, number: number): Promise<string | null> =>
      textOf(listPageKey(saleId, list, number)),

    /** A list as it was published; null: it was not yet. */
    async readList(saleId: SaleId, list: RootedList): Promise<ClosedList | null> {
      const info = await listInfo(saleId, list);
      if (!info) return null;
      const entries: ListedEntry[] = [];
      for (let number = 0; number < info.firstLeaves.length; number++) {
        const text = await textOf(listPageKey(saleId, list, number));
        if (text === null) throw new Error(`page ${number} of list ${list.list} of ${saleId} is missing`);
        for (const entry of parseListPage(text)) entries.push(entry);
      }
      return closeList(saleId, list.list, entries);
    },

    /** Whether a published list has a leaf: an entry that came too late to be read is in none. */
    async hasLeaf(saleId: SaleId, list: CountedList, leaf: string): Promise<boolean> {
      const part = await textOf(leavesKey(saleId, list, partOfLeaf(list.count, leaf)));
      // A list that an older version has closed has no parts.
      return part === null ? isInPages(saleId, list, leaf) : hasLeafIn(part, leaf);
    },

    /**
     * Writes the table of orders. False: a later guardian has written it meanwhile, and nothing of it was changed.
     *
     * @param fence of the guardian's lease: one that was frozen with an older table puts it over no newer one.
     */
    async putOrders(
      saleId: SaleId,
      { pages, count, isFinal, fence }: OrderTable & { readonly fence: number },
    ): Promise<boolean> {
      const items = [
        ...pages.map((text, number) => ({ ...orderPageKey(saleId, number), text })),
        { ...ordersKey(saleId), count, pages: pages.length, isFinal },
      ];
      for (const stored of items) if (!(await putFenced({ ...stored, fence }, fence))) return false;
      return true;
    },

    /** Keeps which orders a line of the log is about to bind, by the hash of their ids. */
    putBound: (saleId: SaleId, root: string, orderHashes: readonly string[]): Promise<void> =>
      putParts((number) => boundKey(saleId, root, number), orderHashes, BOUND_PAGE),

    readBound: (saleId: SaleId, root: string): Promise<string[]> =>
      readParts((number) => boundKey(saleId, root, number)),

    /** Keeps what became of the orders of which a line of the log is about to say something new. */
    putUnits: (saleId: SaleId, root: string, texts: readonly string[]): Promise<void> =>
      putParts((number) => unitsKey(saleId, root, number), texts, UNITS_PAGE),

    readUnits: (saleId: SaleId, root: string): Promise<string[]> =>
      readParts((number) => unitsKey(saleId, root, number)),

    orderPage: (saleId: SaleId, number: number): Promise<string | null> =>
      textOf(orderPageKey(saleId, number)),

    async orders(saleId: SaleId): Promise<OrderFiles> {
      const found = await get(ordersKey(saleId));
      return found ? v.parse(ordersItem, found) : { count: 0, pages: 0, isFinal: false };
    },
  };
}

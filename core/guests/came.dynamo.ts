import { randomBytes } from "node:crypto";
import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure, putOnce } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import type { Item } from "../dynamo/write-items.dynamo.ts";
import { type HmacKey, hmacKey } from "../hmac.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import {
  buyerKey,
  cameKey,
  camePartitions,
  erasedName,
  handleKeyKey,
  handleOf,
  isAddress,
} from "./guest-key.ts";
import type { GuestRow } from "./guest-rows.ts";

/** Buyers who came with a row; where one was erased, a name that stands for them. */
const cameItem = v.object({ sk: v.string(), buyers: v.set(v.string()), ttl: v.optional(v.number()) });
const boundItem = v.object({ key: v.optional(v.string()), handle: v.optional(v.string()) });
const keyItem = v.object({ key: v.string() });

const parseKey = (item: Item) => hmacKey(Buffer.from(v.parse(keyItem, item).key, "hex"));

const KEY_BYTES = 32;
const MOST_REMEMBERED = 200;
const MOST_TRIES = 10;

/** How many buyers came with a row, by its key. */
export type Came = { readonly of: (key: string) => number };

/**
 * Who came with which row of a sale's lists. A row is named by a hash under a key of the sale's own, so that no key of the table is
 * anybody's address. Items from before that bear the row's key itself: they are read, and left to their ttl.
 */
export function createCame(client: Dynamo, table: string) {
  const get = async (Key: Record<string, unknown>): Promise<Item | undefined> =>
    (await client.get({ TableName: table, Key, ConsistentRead: true })).Item;

  // A key is made once, and is the same for good.
  const known = new Map<SaleId, HmacKey>();
  async function findKey(saleId: SaleId): Promise<HmacKey | null> {
    const remembered = known.get(saleId);
    if (remembered) return remembered;
    const item = await get(handleKeyKey(saleId));
    if (!item) return null;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const key = parseKey(item);
    known.set(saleId, key);
    return key;
  }
  async function keyOf(saleId: SaleId): Promise<HmacKey> {
    const found = await findKey(saleId);
    if (found) return found;
    const key = randomBytes(KEY_BYTES).toString("hex");
    await putOnce(client, table, { ...handleKeyKey(saleId), key });
    return (await findKey(saleId))!;
  }

  async function buyersAt(saleId: SaleId, handle: string): Promise<ReadonlySet<string>> {
    const item = await get(cameKey(saleId, handle));
    return item ? v.parse(cameItem, item).buyers : new Set();
  }

  /** Writes a name over a buyer where others may come at the same time. */
  async function swap(saleId: SaleId, handle: string, buyer: BuyerId, name: string): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const buyers = await buyersAt(saleId, handle);
      if (!buyers.has(buyer)) return;
      const next = new Set([...buyers].filter((other) => other !== buyer)).add(name);
      try {
        await client.update({
          TableName: table,
          Key: cameKey(saleId, handle),
          UpdateExpression: "set buyers = :next",
          ConditionExpression: "buyers = :seen",
          ExpressionAttributeValues: { ":next": next, ":seen": buyers },
        });
        return;
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
    }
    throw new Error(`a guest of ${saleId} could not be erased: others came with the same row each time`);
  }

  return {
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
      const handle = handleOf(await keyOf(saleId), row.key);
      const before = await buyersAt(saleId, row.key);
      const add = (who: ReadonlySet<string>, condition: object = {}, values: object = {}) =>
        client.update({
          TableName: table,
          Key: cameKey(saleId, handle),
          UpdateExpression: "add buyers :who set #ttl = :ttl",
          ExpressionAttributeNames: { "#ttl": "ttl" },
          ...condition,
          ExpressionAttributeValues: { ":who": who, ":ttl": ttl, ...values },
        });
      if (before.size > 0) await add(before);
      const isFree = "attribute_not_exists(buyers) or contains(buyers, :id) or size(buyers) < :uses";
      try {
        await add(new Set([buyer]), { ConditionExpression: isFree }, { ":id": buyer, ":uses": row.uses });
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
      // A code is asked for once; an address is found again without it.
      const bound = isAddress(row.key) ? { handle } : { handle, key: row.key };
      await client.put({ TableName: table, Item: { ...buyerKey(saleId, buyer), ...bound, ttl } });
      return true;
    },

    /** With which code a buyer came last; null: with none. */
    async boundTo(saleId: SaleId, buyer: BuyerId): Promise<string | null> {
      const item = await get(buyerKey(saleId, buyer));
      return item ? (v.parse(boundItem, item).key ?? null) : null;
    },

    /** How many buyers came with each row with which anybody did. */
    async came(saleId: SaleId): Promise<Came> {
      const [[keyed], parts] = await Promise.all([
        queryItems(client, table, handleKeyKey(saleId).pk),
        Promise.all(camePartitions(saleId).map((pk) => queryItems(client, table, pk))),
      ]);
      const buyers = new Map(v.parse(v.array(cameItem), parts.flat()).map((item) => [item.sk, item.buyers]));
      const key = keyed && parseKey(keyed);
      return {
        of: (rowsKey) =>
          new Set([...((key && buyers.get(handleOf(key, rowsKey))) ?? []), ...(buyers.get(rowsKey) ?? [])])
            .size,
      };
    },

    /** Whether a row of that address is a buyer's, as far as anybody came with it. */
    async isTheirs(saleId: SaleId, address: string, buyer: BuyerId): Promise<boolean> {
      const names = namesOf(await findKey(saleId), address);
      const buyers = (await Promise.all(names.map((name) => buyersAt(saleId, name)))).flatMap((all) => [
        ...all,
      ]);
      return buyers.length === 0 || buyers.includes(buyer);
    },

    /** What is kept of how a buyer came; of the others who did with the same code, nothing. */
    async ofBuyer(saleId: SaleId, buyer: BuyerId, addresses: readonly string[]): Promise<Item[]> {
      const found: Item[] = [];
      const bound = await get(buyerKey(saleId, buyer));
      if (bound) found.push(bound);
      for (const handle of handlesOf(await findKey(saleId), bound, addresses)) {
        const item = await get(cameKey(saleId, handle));
        if (item && v.parse(cameItem, item).buyers.has(buyer)) found.push({ ...item, buyers: [buyer] });
      }
      return found;
    },

    /** The name that stands where a buyer stood once they are erased. */
    erasedName: async (saleId: SaleId, buyer: BuyerId) => erasedName(await keyOf(saleId), buyer),

    /** Says of the row under which an erased buyer stands on the list that somebody came with it, if they did. */
    async keepCame(saleId: SaleId, buyer: BuyerId, address: string): Promise<void> {
      const key = await keyOf(saleId);
      const name = erasedName(key, buyer);
      for (const handle of namesOf(key, address)) {
        const item = await get(cameKey(saleId, handle));
        if (!item || !v.parse(cameItem, item).buyers.has(buyer)) continue;
        const kept = { ...item, ...cameKey(saleId, handleOf(key, name)), buyers: new Set([name]) };
        await client.put({ TableName: table, Item: kept });
      }
    },

    /**
     * Erases how a buyer came; safe to repeat. A code stays used: a name stands for its buyer. What an address is hashed to goes.
     */
    async eraseBuyer(saleId: SaleId, buyer: BuyerId, addresses: readonly string[]): Promise<void> {
      const key = await keyOf(saleId);
      const bound = await get(buyerKey(saleId, buyer));
      const { key: code } = bound ? v.parse(boundItem, bound) : {};
      const handles = handlesOf(key, bound, addresses);
      const ofCode = code === undefined || isAddress(code) ? [] : namesOf(key, code);
      for (const handle of handles)
        if (ofCode.includes(handle)) await swap(saleId, handle, buyer, erasedName(key, buyer));
        else if ((await buyersAt(saleId, handle)).has(buyer))
          await client.delete({ TableName: table, Key: cameKey(saleId, handle) });
      await client.delete({ TableName: table, Key: buyerKey(saleId, buyer) });
    },
  };
}

/** Under which names those who came with a row lie: a keyed hash, and as before. */
const namesOf = (key: HmacKey | null, row: string): string[] => (key ? [handleOf(key, row), row] : [row]);

/** Under which names a buyer's coming may lie: of what they came with last, and of their addresses. */
function handlesOf(key: HmacKey | null, bound: Item | undefined, addresses: readonly string[]): string[] {
  const { key: last, handle } = bound ? v.parse(boundItem, bound) : {};
  const rows = [...(last === undefined ? [] : [last]), ...addresses];
  const all = [...(handle === undefined ? [] : [handle]), ...rows.flatMap((row) => namesOf(key, row))];
  return [...new Set(all)];
}

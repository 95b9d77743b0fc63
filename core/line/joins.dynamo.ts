import * as v from "valibot";
import { systemClock } from "../clock.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure, putOnce } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import { readItems } from "../dynamo/read-items.dynamo.ts";
import { chunk } from "../dynamo/write-items.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { createFresh } from "../watch/fresh.ts";
import { type BuyerEntry, createEntryReader, entryItem, entryOf } from "./entries.dynamo.ts";
import { laneNow } from "./lanes.ts";
import { createLanes, type Undoing } from "./lanes.dynamo.ts";
import { createJoinedMark } from "./joined-mark.dynamo.ts";
import { entryKey, entryKeys, LIST_PARTS, listPartitions } from "./line-key.ts";
import { readUndone } from "./undone.dynamo.ts";

/** As much of an entry of lane 1 as operators are told of. */
export type Demoted = Pick<BuyerEntry, "buyerId" | "why">;
const demotedItem = v.pick(entryItem, ["sk", "why"]);
const demotedOf = ({ sk, why }: v.InferOutput<typeof demotedItem>): Demoted => ({
  buyerId: sk as BuyerId,
  why: why ?? null,
});
const demotedQuery = (TableName: string, pk: string, start: Record<string, unknown> | undefined) => ({
  TableName,
  ConsistentRead: true,
  KeyConditionExpression: "pk = :pk",
  FilterExpression: "#lane = :one",
  ProjectionExpression: "sk, #why",
  ExpressionAttributeNames: { "#lane": "lane", "#why": "why" },
  ExpressionAttributeValues: { ":pk": pk, ":one": 1 },
  ...(start && { ExclusiveStartKey: start }),
});

const PARTS_AT_ONCE = 8;

export type Joins = ReturnType<typeof createJoins>;

/** Who has joined which list. Reads are strongly consistent; a put that threw may have happened all the same. */
export function createJoins(client: Dynamo, table: string) {
  const get = async (key: Record<string, unknown>) =>
    (await client.get({ TableName: table, Key: key, ConsistentRead: true })).Item;

  const lanes = createLanes(client, table);
  const entryReader = createEntryReader(client, table);
  const undoneLately = createFresh((listKey: string) => {
    const [saleId, list] = listKey.split(" ");
    return readUndone(client, table, saleId as SaleId, Number(list));
  }, systemClock);
  /**
   * A new entry in its lane. What an operator undoes within this second may come as well just after it, until the list closes:
   * a join is not to cost a reading of its own.
   */
  const newEntry = async (saleId: SaleId, entry: BuyerEntry): Promise<BuyerEntry> =>
    entry.lane === 0
      ? entry
      : { ...entry, lane: laneNow(entry, await undoneLately(`${saleId} ${entry.list}`)) };

  return {
    ...createJoinedMark(client, table),
    undoLane: (saleId: SaleId, list: number, what: Undoing) => lanes.undo(saleId, list, what),
    sealLanes: (saleId: SaleId, list: number) => lanes.seal(saleId, list),
    undoneLanes: (saleId: SaleId, list: number) => lanes.undone(saleId, list),
    find: (saleId: SaleId, list: number, buyerId: BuyerId) => entryReader.find(saleId, list, buyerId),

    /** Puts an entry unless its buyer has one in this list: of two devices one is first, and both get the same. */
    async put(saleId: SaleId, entry: BuyerEntry): Promise<{ isNew: boolean; entry: BuyerEntry }> {
      const { buyerId, list, lane, quantity, salt, why, language } = entry;
      const key = entryKey(saleId, list, buyerId);
      const put = await putOnce(client, table, {
        ...key,
        list,
        lane,
        quantity,
        salt: Buffer.from(salt).toString("hex"),
        language,
        ...(why !== null && { why }),
      });
      return put === "written"
        ? { isNew: true, entry: await newEntry(saleId, entry) }
        : { isNew: false, entry: await entryReader.withLane(saleId, entryOf(await get(key))) };
    },

    /** A buyer's entries in the lists up to `last`, oldest first. */
    async ofBuyer(saleId: SaleId, buyerId: BuyerId, last: number): Promise<BuyerEntry[]> {
      const items = await readItems(client, table, entryKeys(saleId, buyerId, last + 1));
      return Promise.all(items.map((item) => entryReader.withLane(saleId, entryOf(item))));
    },

    /** Takes an entry out of a list that is open; not one that its buyer has joined with since. */
    async remove(saleId: SaleId, { list, buyerId, salt }: BuyerEntry): Promise<void> {
      try {
        await client.delete({
          TableName: table,
          Key: entryKey(saleId, list, buyerId),
          ConditionExpression: "salt = :salt",
          ExpressionAttributeValues: { ":salt": Buffer.from(salt).toString("hex") },
        });
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
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

    /** How many are in a list, and those of lane 1 as they joined it. */
    async demotedIn(saleId: SaleId, list: number): Promise<{ entries: number; demoted: Demoted[] }> {
      let entries = 0;
      const demoted: Demoted[] = [];
      for (const some of chunk(listPartitions(saleId, list), PARTS_AT_ONCE))
        await Promise.all(
          some.map(async (pk) => {
            let start: Record<string, unknown> | undefined;
            do {
              const page = await client.query(demotedQuery(table, pk, start));
              entries += page.ScannedCount ?? 0;
              demoted.push(...v.parse(v.array(demotedItem), page.Items ?? []).map(demotedOf));
              start = page.LastEvaluatedKey;
            } while (start);
          }),
        );
      return { entries, demoted };
    },

    /** Those of a list that lie in one of its parts. */
    async ofPart(saleId: SaleId, list: number, part: number): Promise<BuyerEntry[]> {
      const items = await queryItems(client, table, listPartitions(saleId, list)[part]!);
      const undone = await lanes.undone(saleId, list);
      return items.map(entryOf).map((entry) => ({ ...entry, lane: laneNow(entry, undone) }));
    },

    /** Everybody in a list, in no order. */
    async ofList(saleId: SaleId, list: number): Promise<BuyerEntry[]> {
      const partitions = listPartitions(saleId, list);
      const entries: BuyerEntry[] = [];
      for (let from = 0; from < LIST_PARTS; from += PARTS_AT_ONCE) {
        const parts = partitions.slice(from, from + PARTS_AT_ONCE);
        for (const items of await Promise.all(parts.map((pk) => queryItems(client, table, pk))))
          for (const stored of items) entries.push(entryOf(stored));
      }
      const undone = await lanes.undone(saleId, list);
      return entries.map((entry) => ({ ...entry, lane: laneNow(entry, undone) }));
    },
  };
}

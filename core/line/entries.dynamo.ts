import * as v from "valibot";
import { type DemotionReason, demotionReasons } from "../contract/demotion.ts";
import { type Language, languages } from "../contract/language.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { JoinedEntry } from "./closed-list.ts";
import { laneNow } from "./lanes.ts";
import { readUndone } from "./undone.dynamo.ts";
import type { Lane } from "./leaf.ts";
import { entryKey } from "./line-key.ts";

/** An entry as it is stored, with its lane as it was put. */
export const entryItem = v.object({
  sk: v.string(),
  list: v.number(),
  lane: v.picklist([0, 1]),
  quantity: v.number(),
  salt: v.string(),
  why: v.optional(v.picklist(demotionReasons)),
  language: v.optional(v.picklist(languages), "en"),
});

/** An entry with the list that it is in, in the lane that it has by now. */
export type BuyerEntry = JoinedEntry & {
  readonly list: number;
  /** What put it into lane 1, whether or not that was undone since; null: nothing. */
  readonly why: DemotionReason | null;
  /** Of the page that it was made on: a draw's result is told in it. */
  readonly language: Language;
};

export const entryOf = (stored: unknown): BuyerEntry => {
  const { sk, list, lane, quantity, salt, language, why = null } = v.parse(entryItem, stored);
  return {
    buyerId: sk as BuyerId,
    list,
    lane: lane satisfies Lane,
    quantity,
    salt: Buffer.from(salt, "hex"),
    why,
    language,
  };
};

export type EntryReader = ReturnType<typeof createEntryReader>;

/** Reads one entry, strongly consistent; as much of the joins as a purchase needs. */
export function createEntryReader(client: Dynamo, table: string) {
  const withLane = async (saleId: SaleId, entry: BuyerEntry): Promise<BuyerEntry> =>
    entry.lane === 0
      ? entry
      : { ...entry, lane: laneNow(entry, await readUndone(client, table, saleId, entry.list)) };

  return {
    /** An entry in the lane that it has by now. */
    withLane,

    /** A buyer's entry in a list; null: there is none. */
    async find(saleId: SaleId, list: number, buyerId: BuyerId): Promise<BuyerEntry | null> {
      const Key = entryKey(saleId, list, buyerId);
      const { Item } = await client.get({ TableName: table, Key, ConsistentRead: true });
      return Item ? withLane(saleId, entryOf(Item)) : null;
    },
  };
}

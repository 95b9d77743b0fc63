import * as v from "valibot";
import { type Language, languages } from "../contract/language.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import { readItems } from "../dynamo/read-items.dynamo.ts";
import type { Item } from "../dynamo/write-items.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { LIST_PARTS, partOf } from "../line/line-key.ts";
import { createMarks, readMarks } from "../mail/marks.dynamo.ts";

const reminderItem = v.object({
  sk: v.string(),
  language: v.picklist(languages),
  askedAtMs: v.number(),
  unsubscribe: v.string(),
});
const owedItem = v.object({ sk: v.string() });
const stoppedItem = v.object({ atMs: v.number() });

export const REMINDER_PARTS = LIST_PARTS;
const OWED = "reminders#owed";
const partition = (saleId: SaleId, part: number) => `${saleId}#reminders#${part}`;
const keyOf = (saleId: SaleId, buyerId: BuyerId) => ({ pk: partition(saleId, partOf(buyerId)), sk: buyerId });
const toldPartition = (saleId: SaleId, part: number) => `${saleId}#reminded#${part}`;
const toldKey = (saleId: SaleId, buyerId: BuyerId) => ({
  pk: toldPartition(saleId, partOf(buyerId)),
  sk: buyerId,
});
const stoppedKey = (buyerId: BuyerId) => ({ pk: `unsubscribed#${buyerId}`, sk: "notices" });
const keysOf = (saleIds: readonly SaleId[], buyerId: BuyerId) => [
  ...saleIds.flatMap((saleId) => [keyOf(saleId, buyerId), toldKey(saleId, buyerId)]),
  stoppedKey(buyerId),
];
/** Nobody needs to know who asked for a mail once the sale has been over for a while. */
const KEEP_SECONDS = 90 * 24 * 60 * 60;

const toldItem = v.looseObject({
  state: v.picklist(["sending", "told", "let_go"]),
  about: v.optional(v.string()),
});
/** What a mark is about: the moment that its buyer was told of. */
export const aboutOf = (wantedMs: number): string => String(wantedMs);

export type Reminder = {
  readonly buyerId: BuyerId;
  readonly language: Language;
  readonly askedAtMs: number;
  /** What the link bears by which its buyer stops them. */
  readonly unsubscribe: string;
};

export type Reminders = ReturnType<typeof createReminders>;

/** Who wants a mail before a sale opens, who was sent it, and who wants none any more; in the table of the lines. */
export function createReminders(client: Dynamo, table: string) {
  const get = async (Key: Record<string, unknown>) =>
    (await client.get({ TableName: table, Key, ConsistentRead: true })).Item;

  return {
    /** Notes the wish; safe to repeat. The list of sales with wishes is written first: a wish is never without it. */
    async ask(saleId: SaleId, startsAtMs: number, { buyerId, ...reminder }: Reminder): Promise<void> {
      await client.put({ TableName: table, Item: { pk: OWED, sk: saleId } });
      const ttl = Math.ceil(startsAtMs / 1_000) + KEEP_SECONDS;
      await client.put({ TableName: table, Item: { ...keyOf(saleId, buyerId), ...reminder, ttl } });
    },

    async forget(saleId: SaleId, buyerId: BuyerId): Promise<void> {
      await client.delete({ TableName: table, Key: keyOf(saleId, buyerId) });
    },

    /** Whether a buyer will get a mail, as far as they have not stopped all of them since. */
    async isAsked(saleId: SaleId, buyerId: BuyerId): Promise<boolean> {
      const item = await get(keyOf(saleId, buyerId));
      if (!item) return false;
      const stopped = await get(stoppedKey(buyerId));
      return !stopped || v.parse(stoppedItem, stopped).atMs < v.parse(reminderItem, item).askedAtMs;
    },

    /** Whether a buyer was told of that moment, or never will be; of another one it says nothing. */
    async isTold(saleId: SaleId, buyerId: BuyerId, wantedMs: number): Promise<boolean> {
      const item = await get(toldKey(saleId, buyerId));
      if (!item) return false;
      const { state, about } = v.parse(toldItem, item);
      return state !== "sending" && (about === undefined || about === aboutOf(wantedMs));
    },

    /** From now on a buyer gets no notice that they had asked for before; safe to repeat. */
    async stop(buyerId: BuyerId, atMs: number): Promise<void> {
      await client.put({ TableName: table, Item: { ...stoppedKey(buyerId), atMs } });
    },

    async owed(): Promise<SaleId[]> {
      return v.parse(v.array(owedItem), await queryItems(client, table, OWED)).map(({ sk }) => sk as SaleId);
    },

    async settle(saleId: SaleId): Promise<void> {
      await client.delete({ TableName: table, Key: { pk: OWED, sk: saleId } });
    },

    async ofPart(saleId: SaleId, part: number): Promise<Reminder[]> {
      const items = v.parse(v.array(reminderItem), await queryItems(client, table, partition(saleId, part)));
      return items.map(({ sk, ...reminder }) => ({ buyerId: sk as BuyerId, ...reminder }));
    },

    /** What is kept of a buyer: wishes, whether a mail went out for them, and that they want none. */
    async ofBuyer(saleIds: readonly SaleId[], buyerId: BuyerId): Promise<Item[]> {
      return readItems(client, table, keysOf(saleIds, buyerId));
    },

    /** Takes all of that; safe to repeat. */
    async eraseBuyer(saleIds: readonly SaleId[], buyerId: BuyerId): Promise<void> {
      for (const Key of keysOf(saleIds, buyerId)) await client.delete({ TableName: table, Key });
    },

    allMarks: (saleId: SaleId, part: number) => readMarks(client, table, toldPartition(saleId, part)),
    /** Marks of who is told of one moment of a sale: told of another before, they are told again. */
    marks: (saleId: SaleId, wantedMs: number) =>
      createMarks(client, table, (buyerId) => toldKey(saleId, buyerId), {
        about: aboutOf(wantedMs),
        keepUntilMs: wantedMs + KEEP_SECONDS * 1_000,
      }),
  };
}

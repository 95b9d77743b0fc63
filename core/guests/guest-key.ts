import type { Guests } from "../contract/guests.ts";
import { type HmacKey, hmacSha256 } from "../hmac.ts";
import { mailboxOf, type Providers } from "../identity/aliases.ts";
import { normalizeEmail } from "../identity/staff.ts";
import type { BuyerId, SaleId } from "../ids.ts";

/** What a list's rows are: addresses or codes. */
export type GuestsBy = Exclude<Guests, { kind: "everybody" }>["by"];

const SHORTEST_CODE = 6;
const CODE = /^[A-Z0-9]+$/;

/** Aliases of one mailbox are one guest, as they are one buyer. */
export const addressKey = (address: string, providers: Providers): string =>
  mailboxOf(normalizeEmail(address), providers);

/** A code as it is compared: typed in any case, with or without spaces and hyphens. */
export const codeKey = (code: string): string => code.replaceAll(/[\s-]/g, "").toUpperCase();

/** Why a code is none; null: it is one. Shorter ones are guessed. */
export function whyNoCode(key: string): string | null {
  if (!CODE.test(key)) return "must have letters and digits alone";
  return key.length < SHORTEST_CODE ? `must have at least ${SHORTEST_CODE} letters and digits` : null;
}

/** Everybody asks for their invitation within minutes: a list lies in as many parts. */
export const GUEST_PARTS = 16;

/** FNV-1a over the key's characters; it must never change, since rows lie where it says. */
function partOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % GUEST_PARTS;
}

const partition = (saleId: SaleId, what: string, part: number) => `guests#${saleId}#${what}#${part}`;
const partitions = (saleId: SaleId, what: string) =>
  Array.from({ length: GUEST_PARTS }, (_, part) => partition(saleId, what, part));

/** A row of a list. */
export const rowKey = (saleId: SaleId, list: string, key: string) => ({
  pk: partition(saleId, `list#${list}`, partOf(key)),
  sk: key,
});
export const listPartitions = (saleId: SaleId, list: string) => partitions(saleId, `list#${list}`);

/** Who came with a row, by its handle; it outlives the list, so that a code that was used stays so. */
export const cameKey = (saleId: SaleId, handle: string) => ({
  pk: partition(saleId, "came", partOf(handle)),
  sk: handle,
});
export const camePartitions = (saleId: SaleId) => partitions(saleId, "came");

/** With which row a buyer came. */
export const buyerKey = (saleId: SaleId, buyerId: BuyerId) => ({
  pk: partition(saleId, "buyers", partOf(buyerId)),
  sk: buyerId,
});

/** Under what a sale's handles are hashed. */
export const handleKeyKey = (saleId: SaleId) => ({ pk: `guests#${saleId}#key`, sk: "key" });

/** Of a guest who came by an address; codes have letters and digits alone. */
export const isAddress = (key: string): boolean => key.includes("@");

const HANDLE = "h_";
const ERASED = "erased_";
const short = (bytes: Buffer) => bytes.toString("base64url").slice(0, 32);

/** How a row is named where it must not be read: a keyed hash. No address and no code looks like one. */
export const handleOf = (key: HmacKey, rowsKey: string): string =>
  HANDLE + short(hmacSha256(key, `guest\n${rowsKey}`));

/** What stands where a guest stood who was erased: the same, however often it is asked for. */
export const erasedName = (key: HmacKey, buyerId: BuyerId): string =>
  ERASED + short(hmacSha256(key, `erased\n${buyerId}`));
export const isErased = (key: string): boolean => key.startsWith(ERASED);

/** How often somebody guessed in a window. */
export const guessKey = (who: string, window: number) => ({
  pk: `guests#guesses#${who}`,
  sk: String(window),
});

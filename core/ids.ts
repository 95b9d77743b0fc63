import { ulid } from "ulid";

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type SaleId = Branded<"SaleId">;
export type OrderId = Branded<"OrderId">;
export type BuyerId = Branded<"BuyerId">;
export type PictureId = Branded<"PictureId">;
/** Of somebody's address that webhooks go to. */
export type EndpointId = Branded<"EndpointId">;
/** Of an API key; the key itself is a secret. */
export type ApiKeyId = Branded<"ApiKeyId">;
export type RehearsalId = Branded<"RehearsalId">;

/** The closed list of prefixes. An id is `prefix_` and a ULID; that of a picture is the hash of what it names. */
const prefixes = {
  sale: "sale_",
  order: "ord_",
  buyer: "byr_",
  picture: "pic_",
  endpoint: "whe_",
  apiKey: "key_",
  rehearsal: "reh_",
} as const;

const ULID_SHAPE = "[0-7][0-9A-HJKMNP-TV-Z]{25}";
export const saleIdPattern = new RegExp(`^${prefixes.sale}${ULID_SHAPE}$`);
export const orderIdPattern = new RegExp(`^${prefixes.order}${ULID_SHAPE}$`);
export const buyerIdPattern = new RegExp(`^${prefixes.buyer}${ULID_SHAPE}$`);
export const endpointIdPattern = new RegExp(`^${prefixes.endpoint}${ULID_SHAPE}$`);
export const apiKeyIdPattern = new RegExp(`^${prefixes.apiKey}${ULID_SHAPE}$`);
export const rehearsalIdPattern = new RegExp(`^${prefixes.rehearsal}${ULID_SHAPE}$`);
export const pictureIdPattern = new RegExp(`^${prefixes.picture}[0-9a-f]{40}$`);

const pool = new Uint8Array(1024);
let used = pool.length;

/** Eight random bits, from 0 to below 1. Drawn by the thousand: a draw for each character took longer than the gate. */
function randomFraction(): number {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  return pool[used++]! / 256;
}

export const newSaleId = (nowMs: number): SaleId => (prefixes.sale + ulid(nowMs, randomFraction)) as SaleId;
export const newBuyerId = (nowMs: number): BuyerId =>
  (prefixes.buyer + ulid(nowMs, randomFraction)) as BuyerId;

export const newEndpointId = (nowMs: number): EndpointId =>
  (prefixes.endpoint + ulid(nowMs, randomFraction)) as EndpointId;
export const newApiKeyId = (nowMs: number): ApiKeyId =>
  (prefixes.apiKey + ulid(nowMs, randomFraction)) as ApiKeyId;
export const newRehearsalId = (nowMs: number): RehearsalId =>
  (prefixes.rehearsal + ulid(nowMs, randomFraction)) as RehearsalId;

/** 160 bits of a hash, in hexadecimal: by chance no two pictures share them. */
export const pictureIdOf = (sha256Hex: string): PictureId =>
  (prefixes.picture + sha256Hex.slice(0, 40)) as PictureId;

const TAG_LENGTH = 8;
const TIME_LENGTH = 10;

/** The last eight characters of a sale's ULID (40 random bits), borne by each order id of that sale. */
export type SaleTag = Branded<"SaleTag">;

export const saleTag = (saleId: SaleId): SaleTag => saleId.slice(-TAG_LENGTH) as SaleTag;

/**
 * A new order id: a ULID whose first eight random characters are the sale's tag.
 *
 * So an order id alone says in which part of the ledger its entry lies, and an order look-up is one strongly consistent
 * read without an index. 40 random bits a sale and millisecond stay: at 10 orders a millisecond, 100,000 orders meet a
 * collision with probability 5e-7, and the ledger's conditional put refuses it.
 */
export function newOrderId(saleId: SaleId, nowMs: number): OrderId {
  const id = ulid(nowMs, randomFraction);
  const time = id.slice(0, TIME_LENGTH);
  const random = id.slice(TIME_LENGTH + TAG_LENGTH);
  return `${prefixes.order}${time}${saleTag(saleId)}${random}` as OrderId;
}

/** The tag of the sale that an order id belongs to. */
export function orderTag(orderId: OrderId): SaleTag {
  const start = prefixes.order.length + TIME_LENGTH;
  return orderId.slice(start, start + TAG_LENGTH) as SaleTag;
}

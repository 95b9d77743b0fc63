import { type BuyerId, type OrderId, type SaleId, orderTag, type SaleTag, saleTag } from "../ids.ts";

/**
 * Where a reservation lies in the ledger's table.
 *
 * Partition: the sale's tag and one of 16 parts by buyer, so that one sale takes 16 × 1,000 writes a second. Sort key:
 * buyer, then order, then what it is. A buyer's orders of a sale, and one order of a buyer, are each one strongly
 * consistent query of one partition; all reservations of a sale are 16.
 */
export const LEDGER_PARTS = 16;

const partition = (tag: SaleTag, part: number) => `${tag}#${part}`;

/** FNV-1a over the id's characters: spreads ULIDs evenly, and must never change, since entries lie where it says. */
export function partOf(buyerId: BuyerId): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < buyerId.length; i++) hash = Math.imul(hash ^ buyerId.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % LEDGER_PARTS;
}

export const partitionsOf = (saleId: SaleId): string[] =>
  Array.from({ length: LEDGER_PARTS }, (_, part) => partition(saleTag(saleId), part));

export const buyerKey = (saleId: SaleId, buyerId: BuyerId) => ({
  pk: partition(saleTag(saleId), partOf(buyerId)),
  prefix: `${buyerId}#`,
});

/** An entry; its events and wishes share the prefix `sk`. */
export const orderKey = (orderId: OrderId, buyerId: BuyerId) => ({
  pk: partition(orderTag(orderId), partOf(buyerId)),
  sk: `${buyerId}#${orderId}`,
});

/** The copy of an order's event lies beside its entry. */
export function eventKey(orderId: OrderId, buyerId: BuyerId, number: number) {
  const { pk, sk } = orderKey(orderId, buyerId);
  return { pk, sk: `${sk}#${String(number).padStart(4, "0")}` };
}

/** What was written before there were events: the first one, without its number. */
export const SETTLED = "#settled";

/** An attempt to pay lies beside the entry that it is for, and what the provider calls it beside the attempt. */
export function paymentKey(orderId: OrderId, buyerId: BuyerId, attempt: number) {
  const { pk, sk } = orderKey(orderId, buyerId);
  return { pk, sk: `${sk}${PAYMENT}${String(attempt).padStart(4, "0")}` };
}
export function paymentIdKey(orderId: OrderId, buyerId: BuyerId, attempt: number) {
  const { pk, sk } = paymentKey(orderId, buyerId, attempt);
  return { pk, sk: `${sk}${NAMED}` };
}
export const PAYMENT = "#pay#";
export const NAMED = "#id";

/** A wish lies beside the entry that it is about. */
export function wishKey(orderId: OrderId, buyerId: BuyerId, wishId: string) {
  const { pk, sk } = orderKey(orderId, buyerId);
  return { pk, sk: `${sk}${WISH}${wishId}` };
}
export const WISH = "#wish#";

/**
 * Where a sale's gates list what they counted of older epochs: one partition; by epoch, then by the entries' part, so that
 * one order is looked up in a sixteenth of a list.
 */
export const countedKey = (saleId: SaleId, epoch: number, part: number, list: string) => ({
  pk: countedPartition(saleId),
  sk: `${countedPrefix(epoch, part)}${list}`,
});
export const countedPrefix = (epoch: number, part: number): string => `${epoch}#${part}#`;
export const countedPartition = (saleId: SaleId): string => `${saleTag(saleId)}#counted`;

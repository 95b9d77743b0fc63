import type { BuyerId, SaleId } from "../ids.ts";

/** A list takes 64 × 1,000 joins a second: its entries lie in as many parts, by buyer. */
export const LIST_PARTS = 64;

/** FNV-1a over the id's characters; it must never change, since entries lie where it says. */
export function partOf(buyerId: BuyerId): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < buyerId.length; i++) hash = Math.imul(hash ^ buyerId.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % LIST_PARTS;
}

const partition = (saleId: SaleId, list: number, part: number) => `${saleId}#list#${list}#${part}`;
const padded = (number: number) => String(number).padStart(8, "0");

/** A buyer's entry in a list: one place, so that there is at most one. */
export const entryKey = (saleId: SaleId, list: number, buyerId: BuyerId) => ({
  pk: partition(saleId, list, partOf(buyerId)),
  sk: buyerId,
});

/** Where a buyer's entries in the first lists are, so many, oldest first. */
export const entryKeys = (saleId: SaleId, buyerId: BuyerId, lists: number) =>
  Array.from({ length: lists }, (_, list) => entryKey(saleId, list, buyerId));

export const listPartitions = (saleId: SaleId, list: number): string[] =>
  Array.from({ length: LIST_PARTS }, (_, part) => partition(saleId, list, part));

/** What was undone of a list's lanes, and whether anything may still be. */
export const lanesKey = (saleId: SaleId, list: number) => ({ pk: `${saleId}#list#${list}`, sk: "lanes" });

/** Says whether somebody has joined, before anything else of the line is there. */
export const joinedKey = (saleId: SaleId) => ({ pk: `${saleId}#line`, sk: "joined" });

export const logPartition = (saleId: SaleId): string => `${saleId}#log`;
export const logKey = (saleId: SaleId, n: number) => ({ pk: logPartition(saleId), sk: padded(n) });

export type RootedList = { readonly list: number; readonly root: string };
/** With how many entries it has. */
export type CountedList = RootedList & { readonly count: number };

/**
 * Where the pages of a closed list lie: under its root. Of two guardians that read a list, each writes its own pages, and those
 * whose root is in the log count.
 */
export const listPageKey = (saleId: SaleId, { list, root }: RootedList, page: number) => ({
  pk: `${saleId}#pages#${list}#${root}`,
  sk: padded(page),
});
export const listKey = (saleId: SaleId, list: RootedList) => ({
  pk: listPageKey(saleId, list, 0).pk,
  sk: "list",
});

/**
 * Which leaves a closed list has, in parts that are small enough to be read for each entry that somebody asks for; a partition each,
 * since all may ask at once when a list is closed.
 */
export const leavesKey = (saleId: SaleId, { list, root }: RootedList, part: number) => ({
  pk: `${saleId}#leaves#${list}#${root}#${part}`,
  sk: "leaves",
});

/** Draws whose entrants are still to be told. */
export const OWED_PARTITION = "results#owed";
export const owedKey = (saleId: SaleId) => ({ pk: OWED_PARTITION, sk: saleId });

/** How far telling an entry's result has come, in as many parts as its list. */
export const resultPartition = (saleId: SaleId, part: number): string => `${saleId}#results#${part}`;
export const resultKey = (saleId: SaleId, buyerId: BuyerId) => ({
  pk: resultPartition(saleId, partOf(buyerId)),
  sk: buyerId,
});

/** Steps whose people are still to be told by mail that it is their turn. */
export const TURNS_PARTITION = "turns#owed";
export const owedTurnKey = (saleId: SaleId, step: number) => ({
  pk: TURNS_PARTITION,
  sk: `${saleId}#${padded(step)}`,
});
/** Until when a step may come at any moment. */
export const watchedTurnsKey = { pk: "turns#watched", sk: "until" };
export const turnTellingPartition = (saleId: SaleId, step: number): string =>
  `${saleId}#told#${padded(step)}`;
/** Whether one of them was told. */
export const toldKey = (saleId: SaleId, step: number, buyerId: BuyerId) => ({
  pk: turnTellingPartition(saleId, step),
  sk: buyerId,
});

/** Where it lies which orders a line of the log binds anew: under its root, as a list's pages. */
export const boundKey = (saleId: SaleId, root: string, page: number) => ({
  pk: `${saleId}#bound#${root}`,
  sk: padded(page),
});

/** Where it lies what a line of the log binds of what became of orders, as far as it is new. */
export const unitsKey = (saleId: SaleId, root: string, page: number) => ({
  pk: `${saleId}#units#${root}`,
  sk: padded(page),
});

export const ordersKey = (saleId: SaleId) => ({ pk: `${saleId}#line`, sk: "orders" });
export const orderPageKey = (saleId: SaleId, page: number) => ({
  pk: `${saleId}#orders`,
  sk: padded(page),
});

import * as protocol from "./protocol.ts";
import type { Chain, Entry, Receipt } from "./protocol.ts";

/** A line of the log before it has its place. */
export type News = { readonly atMs: number; readonly kind: string } & Readonly<Record<string, unknown>>;
export type Order = {
  readonly orderId: string;
  readonly place: number;
  readonly leaf: string;
  /** `-`: of an open sale, from before anybody stood in line; its leaf is then too. */
  readonly step: number | "-";
  readonly quantity: number;
  readonly unitsLeft: number;
  readonly state: string;
  readonly reservedAtMs: number;
};
export type PublicEntry = Entry & { readonly leaf: string };
/** A line before it is published: whatever is changed here is published with right hashes. */
export type World = {
  readonly saleId: string;
  readonly chain: Chain;
  readonly mode: string;
  readonly receipts: readonly Receipt[];
  readonly lists: readonly (readonly PublicEntry[])[];
  readonly news: readonly News[];
  readonly orders: readonly Order[];
};
export type Ranked = PublicEntry & { readonly rank: string };

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** As long as an id, and told by its number alone. */
const idOf = (prefix: string, number: number) => {
  const digest = protocol.hashOf(`${prefix} ${number}`);
  const letters = digest
    .slice(0, 25)
    .replaceAll(/./g, (digit) => ALPHABET[Number.parseInt(digit, 16) * 2 + 1]!);
  return `${prefix}_0${letters}`;
};

export const receiptOf = (saleId: string, number: number, list: number, lane = 0, quantity = 1): Receipt => ({
  saleId,
  list,
  lane,
  quantity,
  buyerId: idOf("byr", number),
  salt: protocol.hashOf(`salt ${number}`).slice(0, 32),
});

/** The entries that these receipts are of, in the order of their leaves. */
export const entriesOf = (saleId: string, list: number, receipts: readonly Receipt[]): PublicEntry[] =>
  receipts
    .map((receipt) => {
      const { lane, quantity } = receipt;
      const entry = { lane, quantity, commitment: protocol.commitmentOf(receipt) };
      return { ...entry, leaf: protocol.leafOf(saleId, list, entry) };
    })
    .toSorted((a, b) => (a.leaf < b.leaf ? -1 : 1));

/** The root, round, key and ranks of a list, as they follow. */
export function drawList(
  rules: News,
  list: number,
  entries: readonly PublicEntry[],
  rootAtMs: number,
  sign: (round: number) => string,
) {
  const chain = rules["chain"] as Chain;
  const saleId = rules["saleId"] as string;
  const root = protocol.rootOf(entries.map(({ leaf }) => leaf));
  const rule = rules as unknown as Parameters<typeof protocol.roundOf>[0];
  const round = protocol.roundOf(rule, chain, rootAtMs);
  const signature = sign(round);
  const key = protocol.keyOf({ saleId, list, root, chain, round, signature });
  const lanes = [0, 1].map((lane) => entries.filter((entry) => entry.lane === lane).length);
  const ranked: Ranked[] = entries
    .map((entry) => ({ ...entry, rank: protocol.rankOf(list, entry.lane, protocol.lotOf(key, entry.leaf)) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
  const rootNews: News = {
    atMs: rootAtMs,
    kind: "root",
    list,
    lane0: lanes[0],
    lane1: lanes[1],
    root,
    round,
  };
  const comesAtMs = chain.genesisMs + (round - 1) * chain.periodMs;
  const keyNews: News = { atMs: comesAtMs, kind: "key", list, round, signature, key };
  return { rootNews, keyNews, ranked, comesAtMs };
}

export const orderIdOf = (number: number): string => idOf("ord", number);

/** The texts of a log: each line with its number, and the hash of the one before. */
export function writeLog(news: readonly News[]): string[] {
  let prev = "0".repeat(64);
  return news.map((line, n) => {
    const text = JSON.stringify({ n, prev, ...line });
    prev = protocol.hashOf(text);
    return text;
  });
}

export type Files = Readonly<Record<string, unknown>>;
type Page = { readonly pages: number; readonly files: Record<string, string> };

function pagesOf(name: string, lines: readonly string[], size: number): Page {
  const files: Record<string, string> = {};
  for (let page = 0; page * size < lines.length; page++)
    files[`${name}/${page}`] = lines
      .slice(page * size, (page + 1) * size)
      .map((line) => `${line}\n`)
      .join("");
  return { pages: Object.keys(files).length, files };
}

/** An order as the public table has it. */
export const orderLine = (order: Order): string =>
  [
    protocol.hashOf(order.orderId),
    order.place,
    order.leaf,
    order.step,
    order.quantity,
    order.unitsLeft,
    order.state,
    order.reservedAtMs,
  ].join(" ");

/** All files of a line, as section 7 has them. */
export function publish(world: World): Files {
  const { saleId, mode, chain } = world;
  const texts = writeLog(world.news);
  const log = pagesOf("/log", texts, 1_000);
  const lists = world.lists.map((entries, list) => {
    const lines = entries.map(({ commitment, lane, quantity }) => `${commitment} ${lane} ${quantity}`);
    const { pages, files } = pagesOf(`/lists/${list}`, lines, 5_000);
    const root = protocol.rootOf(entries.map(({ leaf }) => leaf));
    return { index: { list, count: lines.length, pages, root }, files };
  });
  const orderLines = world.orders.map(orderLine);
  const orders = pagesOf("/orders", orderLines, 1_000);
  const index = {
    version: 1,
    saleId,
    mode,
    chain,
    log: { lines: texts.length, pages: log.pages, hash: protocol.hashOf(texts.at(-1)!) },
    lists: lists.map((list) => list.index),
    orders: { count: orderLines.length, pages: orders.pages, isFinal: true },
  };
  return Object.assign({ "": index }, log.files, ...lists.map(({ files }) => files), orders.files) as Files;
}

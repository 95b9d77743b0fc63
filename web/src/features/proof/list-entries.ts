import { ascii, compareAt, hex, HASH_BYTES, hmacBy, join, sha256, u32, u64, unhex } from "./bytes.ts";

/** The entries of a list as they were published, in the order of their leaves; a million take 75 MB. */
export type ListEntries = {
  readonly list: number;
  readonly count: number;
  readonly leaves: Uint8Array;
  readonly lanes: Uint8Array;
  readonly quantities: Uint16Array;
  /** The first eight bytes of each: in a million, two share them by chance once in 30 million lists. */
  readonly commitments: BigUint64Array;
  /** Numbers of lines that are no entries. */
  readonly odd: readonly number[];
};

const ENTRY = /^([0-9a-f]{64}) ([01]) ([1-9]\d{0,4})$/;
const SALE_BYTES = 31;

/** Section 1 of docs/fairness.md. */
export function leafWriter(saleId: string, list: number) {
  const bytes = join(Uint8Array.of(0), ascii(saleId), u32(list), new Uint8Array(3 + HASH_BYTES));
  const view = new DataView(bytes.buffer);
  const laneAt = 1 + SALE_BYTES + 4;
  return (lane: number, quantity: number, commitment: Uint8Array): Uint8Array => {
    bytes[laneAt] = lane;
    view.setUint16(laneAt + 1, quantity);
    bytes.set(commitment, laneAt + 3);
    return sha256(bytes);
  };
}

export function readEntries(saleId: string, list: number, lines: readonly string[]): ListEntries {
  const leafOf = leafWriter(saleId, list);
  const entries = {
    list,
    count: lines.length,
    leaves: new Uint8Array(lines.length * HASH_BYTES),
    lanes: new Uint8Array(lines.length),
    quantities: new Uint16Array(lines.length),
    commitments: new BigUint64Array(lines.length),
    odd: [] as number[],
  };
  for (const [i, line] of lines.entries()) {
    const [, commitment, lane, quantity] = ENTRY.exec(line) ?? [];
    if (commitment === undefined || Number(quantity) > 65_535) {
      entries.odd.push(i);
      continue;
    }
    entries.lanes[i] = Number(lane);
    entries.quantities[i] = Number(quantity);
    entries.commitments[i] = BigInt(`0x${commitment.slice(0, 16)}`);
    entries.leaves.set(leafOf(Number(lane), Number(quantity), unhex(commitment)), i * HASH_BYTES);
  }
  return entries;
}

/** Whether a commitment stands twice in these lists: each entry has a salt of its own. */
export function hasTwice(lists: readonly BigUint64Array[]): boolean {
  const all = new BigUint64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const commitments of lists) {
    all.set(commitments, at);
    at += commitments.length;
  }
  all.sort();
  return all.some((commitment, i) => i > 0 && commitment === all[i - 1]);
}

/** The first entry whose leaf is not behind the one before; -1: all are. */
export function firstOutOfOrder({ leaves, count }: ListEntries): number {
  for (let i = 1; i < count; i++) if (compareAt(leaves, i - 1, i) >= 0) return i;
  return -1;
}

/** RFC 9162, section 2.1.1, level by level: an odd last node moves up unchanged. */
export function rootOf(leaves: Uint8Array): string {
  let count = leaves.length / HASH_BYTES;
  if (count === 0) return hex(sha256(new Uint8Array(0)));
  const level = leaves.slice();
  const pair = new Uint8Array(1 + 2 * HASH_BYTES);
  pair[0] = 1;
  while (count > 1) {
    const pairs = count >>> 1;
    for (let i = 0; i < pairs; i++) {
      pair.set(level.subarray(i * 2 * HASH_BYTES, (i + 1) * 2 * HASH_BYTES), 1);
      level.set(sha256(pair), i * HASH_BYTES);
    }
    if (count % 2 === 1) level.copyWithin(pairs * HASH_BYTES, (count - 1) * HASH_BYTES, count * HASH_BYTES);
    count = pairs + (count % 2);
  }
  return hex(level.subarray(0, HASH_BYTES));
}

const LABEL = "flash-sale/line/v1";
type KeyParts = {
  saleId: string;
  list: number;
  root: string;
  chainHash: string;
  round: number;
  signature: string;
};

/** Section 3 of docs/fairness.md. */
export const keyOf = ({ saleId, list, root, chainHash, round, signature }: KeyParts): string =>
  hex(
    sha256(
      join(ascii(LABEL + saleId), u32(list), unhex(root), unhex(chainHash), u64(round), unhex(signature)),
    ),
  );

/** A list in the order of its lots: `order[0]` is the number of the soonest entry. */
export type RankedEntries = ListEntries & { readonly lots: Uint8Array; readonly order: Uint32Array };

export function rankEntries(entries: ListEntries, key: string): RankedEntries {
  const lotOf = hmacBy(unhex(key));
  const { count, leaves, lanes } = entries;
  const lots = new Uint8Array(leaves.length);
  for (let i = 0; i < count; i++)
    lots.set(lotOf(leaves.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)), i * HASH_BYTES);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  order.sort((a, b) => lanes[a]! - lanes[b]! || compareAt(lots, a, b));
  return { ...entries, lots, order };
}

export const hashAt = (hashes: Uint8Array, at: number): string =>
  hex(hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));

/** The rank of the entry at a place of the order. */
export function rankAt({ list, order, lanes, lots }: RankedEntries, place: number): string {
  const at = order[place]!;
  return `${String(list).padStart(8, "0")}.${lanes[at]}.${hashAt(lots, at)}`;
}

/** How many of a list have this rank or a smaller one. */
export function placeAfter(ranked: RankedEntries, rank: string): number {
  let [low, high] = [0, ranked.count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rankAt(ranked, middle) <= rank) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The number of the entry with this leaf; -1: there is none. */
export function findLeaf({ leaves, count }: ListEntries, leaf: string): number {
  let [low, high] = [0, count - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = hashAt(leaves, middle);
    if (found === leaf) return middle;
    if (found < leaf) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

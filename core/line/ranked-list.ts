import { HASH_BYTES } from "./bytes.ts";
import type { ClosedList } from "./closed-list.ts";
import type { Lane } from "./leaf.ts";
import { lotsOf, rankOf } from "./lot.ts";
import { sortHashes } from "./sort-hashes.ts";

/** A list in the order of its ranks: position 0 is the soonest. */
export type RankedList = {
  readonly list: number;
  readonly count: number;
  readonly lane0: number;
  /** By position. */
  readonly lots: Buffer;
  readonly leaves: Buffer;
  readonly quantities: Uint8Array;
};

/** Draws a list: gives each entry its lot, and orders them. */
export function rankList(closed: ClosedList, key: string): RankedList {
  const { list, count } = closed;
  const lots = lotsOf(key, closed.leaves);
  const ranked = {
    list,
    count,
    lane0: 0,
    lots: Buffer.alloc(lots.length),
    leaves: Buffer.alloc(lots.length),
    quantities: new Uint8Array(count),
  };
  const order = sortHashes(lots);
  let to = 0;
  for (const lane of [0, 1]) {
    for (const from of order) {
      if (closed.lanes[from] !== lane) continue;
      lots.copy(ranked.lots, to * HASH_BYTES, from * HASH_BYTES, (from + 1) * HASH_BYTES);
      closed.leaves.copy(ranked.leaves, to * HASH_BYTES, from * HASH_BYTES, (from + 1) * HASH_BYTES);
      ranked.quantities[to] = closed.quantities[from]!;
      to++;
    }
    if (lane === 0) ranked.lane0 = to;
  }
  return ranked;
}

const laneAt = ({ lane0 }: RankedList, position: number): Lane => (position < lane0 ? 0 : 1);

export const rankAt = (ranked: RankedList, position: number): string =>
  rankOf(
    ranked.list,
    laneAt(ranked, position),
    ranked.lots.toString("hex", position * HASH_BYTES, (position + 1) * HASH_BYTES),
  );

/** How many of a list have this rank or a smaller one. */
export function positionAfter(ranked: RankedList, rank: string): number {
  let [low, high] = [0, ranked.count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rankAt(ranked, middle) <= rank) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The people of a list in a range of ranks whose quantity fits, and the units that they may buy. */
export function peopleIn(
  ranked: RankedList,
  { after, upTo, quantityAtMost }: { after: string; upTo: string; quantityAtMost: number },
): { readonly people: number; readonly units: number } {
  let [people, units] = [0, 0];
  for (let i = positionAfter(ranked, after); i < positionAfter(ranked, upTo); i++) {
    const quantity = ranked.quantities[i]!;
    if (quantity > quantityAtMost) continue;
    people++;
    units += quantity;
  }
  return { people, units };
}

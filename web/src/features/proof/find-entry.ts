import type { LineState } from "./line-state.ts";
import { findLeaf, placeAfter, rankAt, type RankedEntries } from "./list-entries.ts";

export type Found = { readonly ranked: RankedEntries; readonly at: number; readonly place: number };

/** Where an entry is; null: in no list that has its key. */
export function findEntry({ lists }: Pick<LineState, "lists">, leaf: string): Found | null {
  for (const { ranked } of lists) {
    const at = ranked ? findLeaf(ranked, leaf) : -1;
    if (ranked && at >= 0) return { ranked, at, place: placeOf(ranked, at) };
  }
  return null;
}

/** From 0. */
function placeOf(ranked: RankedEntries, at: number): number {
  return placeAfter(ranked, rankAt({ ...ranked, order: Uint32Array.of(at) }, 0)) - 1;
}

/** What an entry may buy; 0: it is in no list that has its key. */
export function quantityOf(state: Pick<LineState, "lists">, leaf: string): number {
  const found = findEntry(state, leaf);
  return found ? found.ranked.quantities[found.at]! : 0;
}

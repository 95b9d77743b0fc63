/**
 * Leaves that were withdrawn, in the order in which the log names them: the first `count` of those that have a place. States of one
 * log share the places, so that a log of 100,000 people who left is read without copying them at each.
 */
export type Withdrawn = { readonly places: ReadonlyMap<string, number>; readonly count: number };

export const nobodyLeft: Withdrawn = { places: new Map(), count: 0 };

export const hasLeft = ({ places, count }: Withdrawn, leaf: string): boolean =>
  (places.get(leaf) ?? count) < count;

/** With one leaf more. What came before it stays as it was. */
export function withLeaf(before: Withdrawn, leaf: string): Withdrawn {
  if (hasLeft(before, leaf)) return before;
  const { places, count } = before;
  // Another line may have been tried behind the same state: those places are not this one's.
  const isLast = count > 0 && places.size === count;
  const own = isLast ? (places as Map<string, number>) : new Map([...places].slice(0, count));
  return { places: own.set(leaf, count), count: count + 1 };
}

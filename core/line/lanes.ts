import type { DemotionReason } from "../contract/demotion.ts";
import type { CheckedLater } from "../contract/line.ts";
import type { BuyerId } from "../ids.ts";
import type { Demoted } from "./joins.dynamo.ts";
import type { Lane } from "./leaf.ts";

/** What operators undid of a list's lanes. */
export type Undone = {
  readonly reasons: ReadonlySet<DemotionReason>;
  readonly buyers: ReadonlySet<BuyerId>;
};

const isUndone = ({ buyerId, why }: Demoted, { reasons, buyers }: Undone): boolean =>
  (why !== null && reasons.has(why)) || buyers.has(buyerId);

/** The lane that an entry has by now: risk puts it into lane 1, and only an operator takes it out again. */
export const laneNow = (entry: Demoted & { readonly lane: Lane }, undone: Undone): Lane =>
  entry.lane === 1 && !isUndone(entry, undone) ? 1 : 0;

/** Whether an entry was to be checked later, and that was undone. */
export const wasUndone = ({ lane, why }: Pick<Demoted, "why"> & { readonly lane: Lane }): boolean =>
  lane === 0 && why !== null;

/** How many entries each reason put into lane 1, and how many of these were undone; the most first. */
export function reasonCounts(demoted: readonly Demoted[], undone: Undone): CheckedLater["reasons"] {
  const counts = new Map<DemotionReason, { entries: number; undone: number }>();
  for (const why of undone.reasons) counts.set(why, { entries: 0, undone: 0 });
  for (const entry of demoted) {
    if (entry.why === null) continue;
    const count = counts.get(entry.why) ?? { entries: 0, undone: 0 };
    count.entries += 1;
    if (isUndone(entry, undone)) count.undone += 1;
    counts.set(entry.why, count);
  }
  return [...counts]
    .map(([why, count]) => ({ why, ...count, isUndone: undone.reasons.has(why) }))
    .toSorted((a, b) => b.entries - a.entries);
}

import type { Bought } from "./check-orders.ts";
import { visitRange } from "./check-steps.ts";
import type { KnownStep, LineState } from "./line-state.ts";
import { hashAt, type RankedEntries } from "./list-entries.ts";

const COUNTED_BEFORE_MS = 60_000;

type Promised = {
  readonly lapsesAtMs: number | null;
  readonly quantity: number;
  readonly least: number;
  readonly most: number;
};

/**
 * Law 7: replays who won a draw. What a lapsed turn bought is known by its orders as they are today: units that came back
 * since are taken as never bought where that is the worse for us, and as bought where that is.
 */
export function checkPromises(state: LineState, bought: Bought): void {
  const promised = new Map<string, Promised>();
  for (const step of state.steps) {
    for (const [leaf, promise] of promised) promised.set(leaf, remains(promise, leaf, step, bought));
    let [least, most] = [0, 0];
    for (const promise of promised.values()) {
      least += promise.least;
      most += promise.most;
    }
    const where = `step ${step.step}`;
    const visit = (ranked: RankedEntries, at: number): void => {
      state.counts.promises++;
      const leaf = hashAt(ranked.leaves, at);
      const quantity = ranked.quantities[at]!;
      const isOut = step.withdrawn.has(leaf);
      if (quantity <= step.quantityAtMost) {
        state.check(!isOut, "promises", "promised_withdrawn", where);
        state.check(!promised.has(leaf), "promises", "promised_twice", where);
        promised.set(leaf, { lapsesAtMs: step.lapsesAtMs, quantity, least: quantity, most: quantity });
        least += quantity;
        most += quantity;
        state.check(least <= step.allocated, "promises", "promised_too_many", where);
      } else if (!step.isSecondChance && !isOut)
        state.check(most + quantity > step.allocated, "promises", "wrongly_passed_over", where);
    };
    visitRange(state, step, visit);
  }
}

/** Until its lapse holds a turn may still buy, whether or not its entry was withdrawn. */
function remains(promise: Promised, leaf: string, step: KnownStep, bought: Bought): Promised {
  const { ordered = 0, left = 0 } = bought.get(leaf) ?? {};
  // Of what was bought in a turn that runs, the units that came back are others' by now.
  const running = { ...promise, least: Math.max(0, promise.quantity - ordered) + left };
  const { lapsesAtMs } = promise;
  if (lapsesAtMs === null || lapsesAtMs > step.atMs) return running;
  // Whoever writes steps has counted units a little before: what came free just now may not have been among them.
  const isRecent = lapsesAtMs > step.atMs - COUNTED_BEFORE_MS;
  return { ...promise, least: left, most: isRecent ? promise.most : Math.min(ordered, promise.most) };
}

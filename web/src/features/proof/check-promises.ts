import type { Bought } from "./check-orders.ts";
import { COUNTED_BEFORE_MS, visitRange } from "./check-steps.ts";
import type { KnownStep, LineState } from "./line-state.ts";
import { hashAt, type RankedEntries } from "./list-entries.ts";
import { MOST_QUANTITY } from "./log-lines.ts";

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
export function checkPromises(state: LineState, bought: Bought, isFinal: boolean): void {
  const promised = new Map<string, Promised>();
  const passedOver: PassedOver = new Map();
  let passed = 0;
  for (const step of state.steps) {
    for (const [leaf, promise] of promised) promised.set(leaf, remains(promise, leaf, step, bought));
    let [least, most] = [0, 0];
    for (const promise of promised.values()) {
      least += promise.least;
      most += promise.most;
    }
    const where = `step ${step.step}`;
    checkSooner(state, step, passedOver, most, where);
    const unitsLeft = Math.max(0, step.allocated - least);
    if (!step.isSecondChance)
      state.check(step.quantityAtMost <= unitsLeft, "promises", "promised_range", where);
    if (isFinal) checkOffer(state, step, promised, bought, where);
    const visit = (ranked: RankedEntries, at: number): void => {
      state.counts.promises++;
      const leaf = hashAt(ranked.leaves, at);
      const quantity = ranked.quantities[at]!;
      const isOut = step.withdrawn.has(leaf);
      if (quantity <= step.quantityAtMost) {
        state.check(!isOut, "promises", "promised_withdrawn", where);
        state.check(!promised.has(leaf), "promises", "promised_twice", where);
        promised.set(leaf, { lapsesAtMs: step.lapsesAtMs, quantity, least: quantity, most: quantity });
        passedOver.get(quantity)?.delete(leaf);
        least += quantity;
        most += quantity;
        state.check(least <= step.allocated, "promises", "promised_too_many", where);
      } else if (!step.isSecondChance && !isOut) {
        state.check(most + quantity > step.leastAllocated, "promises", "wrongly_passed_over", where);
        if (!passedOver.has(quantity)) passedOver.set(quantity, new Map());
        passedOver.get(quantity)!.set(leaf, passed++);
      }
    };
    visitRange(state, step, visit);
  }
}

/** Law 6: a step of the first pass offers what is left, but for what may have been taken, or off sale, when it was made. */
function checkOffer(
  state: LineState,
  step: KnownStep,
  promised: ReadonlyMap<string, Promised>,
  bought: Bought,
  where: string,
): void {
  // Who was withdrawn is offered nothing.
  if (step.isSecondChance || step.quantityAtMost === 0) return;
  let taken = 0;
  for (const [leaf, { quantity, lapsesAtMs }] of promised) {
    const { ordered = 0, left = 0 } = bought.get(leaf) ?? {};
    const hasLapsed = lapsesAtMs !== null && lapsesAtMs <= step.atMs - COUNTED_BEFORE_MS;
    taken += hasLapsed ? ordered : quantity + ordered - left;
  }
  const soon = state.allocations.filter(
    ({ atMs }) => atMs >= step.atMs && atMs <= step.atMs + COUNTED_BEFORE_MS,
  );
  const least = Math.min(step.leastAllocated, ...soon.map(({ allocated }) => allocated));
  const offered = Math.min(MOST_QUANTITY, least - taken);
  state.check(step.quantityAtMost >= offered, "promises", "kept_back", where);
}

/**
 * By quantity: who was passed over in the first pass and has had no turn since, soonest first, each with a number that says
 * who was sooner.
 */
type PassedOver = Map<number, Map<string, number>>;

/** Whoever was passed over and fits by now has a turn before anybody who is later. */
function checkSooner(
  state: LineState,
  step: KnownStep,
  passedOver: PassedOver,
  most: number,
  where: string,
): void {
  // A draw has one list, and a second chance is for one entry: whoever is passed over and not behind it is sooner.
  let chance = Infinity;
  if (step.isSecondChance)
    visitRange(state, step, ({ leaves, quantities }, at) => {
      chance = passedOver.get(quantities[at]!)?.get(hashAt(leaves, at)) ?? Infinity;
    });
  for (const [quantity, entries] of passedOver) {
    if (most + quantity > step.leastAllocated) continue;
    const first = [...entries].find(([leaf]) => !step.withdrawn.has(leaf));
    state.check(!first || first[1] >= chance, "promises", "sooner", where);
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

import type { Bought } from "./check-orders.ts";
import { COUNTED_BEFORE_MS, visitRange } from "./check-steps.ts";
import type { Allocation, KnownStep, LineState } from "./line-state.ts";
import { hashAt, type RankedEntries } from "./list-entries.ts";
import { MOST_QUANTITY } from "./log-lines.ts";

/** By leaf: what was promised, and by which step. */
type Promised = Map<string, { readonly quantity: number; readonly step: KnownStep }>;
type Told = { readonly promised: Promised; readonly bought: Bought; readonly isFinal: boolean };

/**
 * Law 7: replays who won a draw. What a lapsed turn bought is known by its orders as they are today: units that came back
 * since are taken as never bought where that is the worse for us, and as bought where that is.
 */
export function checkPromises(state: LineState, bought: Bought, isFinal: boolean): void {
  const promised: Promised = new Map();
  const told = { promised, bought, isFinal };
  const passedOver: PassedOver = new Map();
  let passed = 0;
  for (const [number, step] of state.steps.entries()) {
    const where = `step ${step.step}`;
    checkAllocations(state, number, told);
    let { least, most } = unitsTaken(told, step.atMs);
    const leastAllocated = leastAllocatedAround(state.allocations, step.atMs);
    checkSooner(state, step, passedOver, leastAllocated - most, where);
    const unitsLeft = Math.max(0, step.allocated - least);
    if (!step.isSecondChance)
      state.check(step.quantityAtMost <= unitsLeft, "promises", "promised_range", where);
    if (isFinal) checkOffer(state, step, told, leastAllocated, where);
    const visit = (ranked: RankedEntries, at: number): void => {
      state.counts.promises++;
      const leaf = hashAt(ranked.leaves, at);
      const quantity = ranked.quantities[at]!;
      const isOut = step.withdrawn.has(leaf);
      if (quantity <= step.quantityAtMost) {
        state.check(!isOut, "promises", "promised_withdrawn", where);
        state.check(!promised.has(leaf), "promises", "promised_twice", where);
        promised.set(leaf, { quantity, step });
        passedOver.get(quantity)?.delete(leaf);
        least += quantity;
        most += quantity;
        state.check(least <= step.allocated, "promises", "promised_too_many", where);
      } else if (!step.isSecondChance && !isOut) {
        state.check(most + quantity > leastAllocated, "promises", "wrongly_passed_over", where);
        if (!passedOver.has(quantity)) passedOver.set(quantity, new Map());
        passedOver.get(quantity)!.set(leaf, passed++);
      }
    };
    visitRange(state, step, visit);
  }
  checkAllocations(state, state.steps.length, told);
}

const isFreeAt = ({ lapsesAtMs }: KnownStep, atMs: number) => lapsesAtMs !== null && lapsesAtMs <= atMs;

/**
 * How many units were surely promised or bought at an instant, and how many perhaps. A table that is not final is behind: an order
 * may be missing, and units may have come back. Then an entry has its quantity surely until its step holds, and perhaps ever after.
 */
function unitsTaken({ promised, bought, isFinal }: Told, atMs: number) {
  let [least, most] = [0, 0];
  for (const [leaf, { quantity, step }] of promised) {
    const { ordered = 0, left = 0 } = bought.get(leaf) ?? {};
    // Until its lapse holds a turn may still buy, whether or not its entry was withdrawn. Of what was bought in a turn that
    // runs, the units that came back are others' by now.
    if (isFinal) least += isFreeAt(step, atMs) ? left : Math.max(0, quantity - ordered) + left;
    else if (atMs < step.holdsFromMs) least += quantity;
    // Whoever writes steps has counted units a little before: what came free just now may not have been among them.
    const isSurelyFree = isFinal && isFreeAt(step, atMs - COUNTED_BEFORE_MS);
    most += isSurelyFree ? Math.min(ordered, quantity) : quantity;
  }
  return { least, most };
}

/** Promised units are never taken off sale: at each line that changes the allocation, between one step and the next. */
function checkAllocations(state: LineState, steps: number, told: Told): void {
  for (const { allocated, atMs, where } of state.allocations.filter((line) => line.steps === steps))
    state.check(unitsTaken(told, atMs).least <= allocated, "promises", "promised_too_many", where);
}

/** The least of a minute before and a minute after: units may go off sale before the log says so, and be counted after. */
function leastAllocatedAround(allocations: readonly Allocation[], atMs: number): number {
  const before = allocations.findLast((line) => line.atMs <= atMs - COUNTED_BEFORE_MS);
  const within = allocations.filter((line) => Math.abs(line.atMs - atMs) <= COUNTED_BEFORE_MS);
  return Math.min(...[before, ...within].map((line) => line?.allocated ?? Infinity));
}

/** Law 6: a step of the first pass offers what is left, but for what may have been taken, or off sale, when it was made. */
function checkOffer(
  state: LineState,
  step: KnownStep,
  { promised, bought }: Told,
  leastAllocated: number,
  where: string,
): void {
  // Who was withdrawn is offered nothing.
  if (step.isSecondChance || step.quantityAtMost === 0) return;
  let taken = 0;
  for (const [leaf, { quantity, step: given }] of promised) {
    const { ordered = 0, left = 0 } = bought.get(leaf) ?? {};
    taken += isFreeAt(given, step.atMs - COUNTED_BEFORE_MS) ? ordered : quantity + ordered - left;
  }
  const offered = Math.min(MOST_QUANTITY, leastAllocated - taken);
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
  surelyLeft: number,
  where: string,
): void {
  // A draw has one list, and a second chance is for one entry: whoever is passed over and not behind it is sooner.
  let chance = Infinity;
  if (step.isSecondChance)
    visitRange(state, step, ({ leaves, quantities }, at) => {
      chance = passedOver.get(quantities[at]!)?.get(hashAt(leaves, at)) ?? Infinity;
    });
  for (const [quantity, entries] of passedOver) {
    if (quantity > surelyLeft) continue;
    const first = [...entries].find(([leaf]) => !step.withdrawn.has(leaf));
    state.check(!first || first[1] >= chance, "promises", "sooner", where);
  }
}

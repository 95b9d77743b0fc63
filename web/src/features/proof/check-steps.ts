import type { KnownStep, LineState } from "./line-state.ts";
import { hashAt, placeAfter, rankAt, type RankedEntries } from "./list-entries.ts";
import { type LapseLine, MOST_QUANTITY, type StepLine } from "./log-lines.ts";

const STEP_AHEAD_MS = 3_000;
/** A turn lasts so much longer than its page shows. */
const TURN_GRACE_MS = 5_000;
/** Whoever writes steps has counted units a little before: what came free so shortly ago may not have been among them. */
export const COUNTED_BEFORE_MS = 60_000;

/** The entries in a step's range: visits each with its list, and its number there. */
export function visitRange(
  { lists }: Pick<LineState, "lists">,
  { after, upTo }: Pick<KnownStep, "after" | "upTo">,
  visit: (ranked: RankedEntries, at: number) => void,
): void {
  for (const { ranked } of lists) {
    if (!ranked) continue;
    const end = placeAfter(ranked, upTo);
    for (let place = placeAfter(ranked, after); place < end; place++) visit(ranked, ranked.order[place]!);
  }
}

/** Whether a rank is that of an entry whose list has its key. */
function isRank({ lists }: LineState, rank: string): boolean {
  const ranked = lists[Number(rank.slice(0, 8))]?.ranked;
  if (!ranked) return false;
  const place = placeAfter(ranked, rank);
  return place > 0 && rankAt(ranked, place - 1) === rank;
}

export function checkStep(state: LineState, line: StepLine, where: string): void {
  const { step, after, upTo, quantityAtMost, holdsFromMs, atMs } = line;
  state.counts.steps++;
  state.check(state.end === null, "steps", "step_after_end", where);
  state.check(!state.isPaused, "steps", "step_in_pause", where);
  state.check(step === state.steps.length + 1, "steps", "step_number", where);
  const isSecondChance = state.rules!.mode === "draw" && after < state.upTo;
  const isInPlace = isSecondChance ? upTo <= state.upTo : after === state.upTo;
  state.check(after < upTo && isInPlace && isRank(state, upTo), "steps", "step_range", where);
  state.check(holdsFromMs >= state.rules!.startsAtMs, "steps", "before_opening", where);
  checkLapse(state, line, where);
  const range = rangeOf(state, line);
  state.check(range.people === line.people, "steps", "step_people", where);
  if (state.rules!.mode === "draw") checkDrawnRange(state, line, range, isSecondChance, where);
  else state.check(range.people === range.all, "steps", "left_out_of_step", where);
  const { allocated, withdrawn } = state;
  const made = { step, after, upTo, quantityAtMost, holdsFromMs, isSecondChance, atMs };
  state.steps.push({ ...made, allocated, withdrawn, lapsesAtMs: null });
  if (upTo > state.upTo) state.upTo = upTo;
}

/** How many are in a step's range, of how many it is the turn and with how many units, in which lanes, the quantity of the last one, and whether one had withdrawn. */
function rangeOf(state: LineState, line: StepLine) {
  const range = { all: 0, people: 0, units: 0, quantity: 0, hasWithdrawn: false, lanes: new Set<number>() };
  visitRange(state, line, ({ leaves, quantities, lanes }, at) => {
    range.all++;
    range.lanes.add(lanes[at]!);
    range.quantity = quantities[at]!;
    if (range.quantity <= line.quantityAtMost) {
      range.people++;
      range.units += range.quantity;
    }
    if (state.withdrawn.size > 0) range.hasWithdrawn ||= state.withdrawn.has(hashAt(leaves, at));
  });
  return range;
}

/** Law 6: who was withdrawn stands in a range of their own, and a second chance is for one entry and its quantity. */
function checkDrawnRange(
  state: LineState,
  { quantityAtMost }: StepLine,
  { all, units, quantity, hasWithdrawn, lanes }: ReturnType<typeof rangeOf>,
  isSecondChance: boolean,
  where: string,
): void {
  const isRight = hasWithdrawn ? all === 1 && quantityAtMost === 0 : quantityAtMost > 0;
  state.check(isRight, "steps", "withdrawn_range", where);
  state.check(lanes.size <= 1, "steps", "two_lanes", where);
  // 255 says that as many were left, or more.
  const fits = quantityAtMost === MOST_QUANTITY || units <= quantityAtMost;
  state.check(fits, "promises", "promised_range", where);
  if (isSecondChance) state.check(all === 1 && quantity === quantityAtMost, "steps", "second_chance", where);
}

export function checkLapse(state: LineState, line: LapseLine | StepLine, where: string): void {
  const { atMs, lapsedSteps, holdsFromMs } = line;
  const isRisen = line.kind === "step" ? lapsedSteps >= state.lapsedSteps : lapsedSteps > state.lapsedSteps;
  const isGrowing = isRisen && lapsedSteps <= state.steps.length && holdsFromMs >= state.holdsFromMs;
  state.check(isGrowing, "steps", "numbers_fell", where);
  state.check(holdsFromMs >= atMs + STEP_AHEAD_MS, "steps", "holds_early", where);
  const leastMs = state.rules!.turnSeconds * 1_000 + TURN_GRACE_MS;
  for (const step of state.steps.slice(state.lapsedSteps, lapsedSteps)) {
    step.lapsesAtMs ??= holdsFromMs;
    state.check(holdsFromMs - step.holdsFromMs >= leastMs, "steps", "lapsed_early", where);
  }
  state.lapsedSteps = Math.max(state.lapsedSteps, lapsedSteps);
  state.holdsFromMs = Math.max(state.holdsFromMs, holdsFromMs);
}

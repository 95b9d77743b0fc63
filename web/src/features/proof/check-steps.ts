import type { KnownStep, LineState } from "./line-state.ts";
import { placeAfter, rankAt, type RankedEntries } from "./list-entries.ts";
import type { LapseLine, StepLine } from "./log-lines.ts";

const STEP_AHEAD_MS = 3_000;
/** A turn lasts so much longer than its page shows. */
const TURN_GRACE_MS = 5_000;

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
  state.check(step === state.steps.length + 1, "steps", "step_number", where);
  const isSecondChance = state.rules!.mode === "draw" && after < state.upTo;
  const isInPlace = isSecondChance ? upTo <= state.upTo : after === state.upTo;
  state.check(after < upTo && isInPlace && isRank(state, upTo), "steps", "step_range", where);
  checkLapse(state, line, where);
  let people = 0;
  visitRange(state, line, ({ quantities }, at) => {
    if (quantities[at]! <= quantityAtMost) people++;
  });
  state.check(people === line.people, "steps", "step_people", where);
  const { allocated, withdrawn } = state;
  const made = { step, after, upTo, quantityAtMost, holdsFromMs, isSecondChance, atMs };
  state.steps.push({ ...made, allocated, withdrawn, lapsesAtMs: null });
  if (upTo > state.upTo) state.upTo = upTo;
}

export function checkLapse(state: LineState, line: LapseLine | StepLine, where: string): void {
  const { atMs, lapsedSteps, holdsFromMs } = line;
  const isGrowing =
    lapsedSteps >= state.lapsedSteps && lapsedSteps <= state.steps.length && holdsFromMs >= state.holdsFromMs;
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

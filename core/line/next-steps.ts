import { drawWinners, secondChances } from "./draw.ts";
import type { StepProgress } from "./lapse.ts";
import type { LineState, Step } from "./line-state.ts";
import type { News } from "./log-line.ts";
import { peopleIn, positionAfter, rankAt, type RankedList } from "./ranked-list.ts";
import { hasLeft } from "./withdrawn.ts";

/** A turn in a room takes whatever an entry may buy: quantities are bounded where people join. */
const ANY_QUANTITY = 255;

type Range = Pick<Step, "after" | "upTo" | "quantityAtMost" | "people">;

/** The step that lets in so many more people of a list, those who come next in its lane; null: it has none left. */
export function roomStep(state: LineState, ranked: RankedList, people: number): Range | null {
  const position = positionAfter(ranked, state.upTo);
  const end = position < ranked.lane0 ? ranked.lane0 : ranked.count;
  const last = Math.min(position + people, end) - 1;
  if (last < position) return null;
  const upTo = rankAt(ranked, last);
  return { after: state.upTo, upTo, quantityAtMost: ANY_QUANTITY, people: last - position + 1 };
}

/** Units that steps promise and that were not bought: each winner's quantity, for as long as the turn lasts. */
export function promisedUnits(
  live: readonly Step[],
  ranked: RankedList,
  progress: readonly StepProgress[],
): number {
  const bought = new Map(progress.map(({ step, units }) => [step, units]));
  return live.reduce((sum, step) => sum + peopleIn(ranked, step).units - (bought.get(step.step) ?? 0), 0);
}

/** A draw's next steps, from units that nobody has and nobody is promised. */
export function drawSteps(state: LineState, ranked: RankedList, freeUnits: number): Range[] {
  if (freeUnits <= 0) return [];
  const isWithdrawn = withdrawnAt(state, ranked);
  // Who was passed over is sooner than whoever comes next.
  const hadTurn = turnsAt(state, ranked);
  const chances = secondChances(ranked, state.upTo, freeUnits, (i) => hadTurn[i] === 1 || isWithdrawn(i));
  const left = freeUnits - chances.reduce((sum, { units }) => sum + units, 0);
  return [...chances, ...drawWinners(ranked, state.upTo, left, isWithdrawn)];
}

function withdrawnAt({ withdrawn }: LineState, { leaves }: RankedList): (position: number) => boolean {
  if (withdrawn.count === 0) return () => false;
  return (position) => hasLeft(withdrawn, leaves.toString("hex", position * 32, (position + 1) * 32));
}

/** Who has had a turn, by position. */
function turnsAt({ steps }: LineState, ranked: RankedList): Uint8Array {
  const had = new Uint8Array(ranked.count);
  for (const { after, upTo, quantityAtMost } of steps)
    for (let i = positionAfter(ranked, after); i < positionAfter(ranked, upTo); i++)
      if (ranked.quantities[i]! <= quantityAtMost) had[i] = 1;
  return had;
}

/** A step as a line of the log. */
export const stepNews = (
  state: LineState,
  { after, upTo, quantityAtMost, people }: Range,
  lapsedSteps: number,
  holdsFromMs: number,
): News => ({
  kind: "step",
  step: state.steps.length + 1,
  after,
  upTo,
  quantityAtMost,
  people,
  lapsedSteps,
  holdsFromMs,
});

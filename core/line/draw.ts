import { positionAfter, type RankedList, rankAt } from "./ranked-list.ts";

export type DrawnStep = {
  readonly after: string;
  readonly upTo: string;
  readonly quantityAtMost: number;
  readonly people: number;
  readonly units: number;
};

type IsOut = (position: number) => boolean;

/**
 * The winners of a draw, from where it stands: in order, each whose quantity fits whole into the units left; others are
 * passed over and keep their rank.
 *
 * A step takes everybody in its range whose quantity is at most `quantityAtMost`. So a new step begins, with a smaller one,
 * where somebody would not fit any more, and at the end of a lane; and who has withdrawn is in a range of their own that takes nobody.
 */
export function drawWinners(
  ranked: RankedList,
  after: string,
  unitsLeft: number,
  isWithdrawn: IsOut = () => false,
): DrawnStep[] {
  const steps: DrawnStep[] = [];
  let [from, left, position] = [after, unitsLeft, positionAfter(ranked, after)];
  while (left > 0 && position < ranked.count) {
    const quantityAtMost = isWithdrawn(position) ? 0 : Math.min(left, 255);
    const step = takeStep(ranked, position, quantityAtMost, left, isWithdrawn);
    const upTo = rankAt(ranked, step.end - 1);
    steps.push({ after: from, upTo, quantityAtMost, people: step.people, units: step.units });
    [from, left, position] = [upTo, left - step.units, step.end];
  }
  const last = steps.findLastIndex(({ people }) => people > 0);
  return steps.slice(0, last + 1);
}

/** One step, from a position to where it must end; it has one position at least. */
function takeStep(
  ranked: RankedList,
  begin: number,
  quantityAtMost: number,
  unitsLeft: number,
  isWithdrawn: IsOut,
) {
  let [people, units, end] = [0, 0, begin];
  for (; end < ranked.count && units < unitsLeft; end++) {
    const quantity = ranked.quantities[end]!;
    if (end > begin && (quantityAtMost === 0 || isWithdrawn(end) || end === ranked.lane0)) break;
    if (quantity > quantityAtMost) continue;
    if (quantity > unitsLeft - units) break;
    people++;
    units += quantity;
  }
  return { people, units, end };
}

/** Turns for those before `upTo` who were passed over and whose quantity fits by now, soonest first; a step for each. */
export function secondChances(
  ranked: RankedList,
  upTo: string,
  unitsLeft: number,
  hasHadTurn: IsOut,
): DrawnStep[] {
  const steps: DrawnStep[] = [];
  let left = unitsLeft;
  const end = positionAfter(ranked, upTo);
  for (let position = 0; position < end && left > 0; position++) {
    const quantity = ranked.quantities[position]!;
    if (quantity > left || hasHadTurn(position)) continue;
    const after = position === 0 ? "" : rankAt(ranked, position - 1);
    const rank = rankAt(ranked, position);
    steps.push({ after, upTo: rank, quantityAtMost: quantity, people: 1, units: quantity });
    left -= quantity;
  }
  return steps;
}

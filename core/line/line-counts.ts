import type { LineNumbers } from "../contract/line.ts";
import type { LineState } from "./line-state.ts";
import { laneOfRank, listOfRank } from "./lot.ts";

/**
 * What became of the entries of each list and lane. Exact: a step never reaches over the end of a lane.
 *
 * @param bought entries that have bought, by step.
 */
export function lineCounts(
  { lists, steps, lapsedSteps }: LineState,
  bought: ReadonlyMap<number, number>,
): LineNumbers["lists"] {
  return lists.flatMap(({ list, root }) =>
    ([0, 1] as const).flatMap((lane) => {
      const entries = root?.[`lane${lane}`] ?? 0;
      if (entries === 0) return [];
      const theirs = steps.filter(({ upTo }) => listOfRank(upTo) === list && laneOfRank(upTo) === lane);
      const count = (of: (step: (typeof theirs)[number]) => number) =>
        theirs.reduce((sum, step) => sum + of(step), 0);
      const admitted = count(({ people }) => people);
      return [
        {
          list,
          lane,
          entries,
          admitted,
          bought: count(({ step }) => bought.get(step) ?? 0),
          lapsed: count(({ step, people }) => (step <= lapsedSteps ? people - (bought.get(step) ?? 0) : 0)),
          waiting: entries - admitted,
        },
      ];
    }),
  );
}

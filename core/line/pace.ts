import { turnsFor } from "../contract/turns-for.ts";
import type { Pace } from "./log-line.ts";
import type { Step } from "./line-state.ts";

/** Runs of the guardian overlap and look late: what it may let in gathers for so long. */
export const BUCKET_MS = 3_000;

/**
 * How many people a step that holds from an instant may let in; the part behind the point is somebody who is due soon. Follows from the
 * log alone.
 *
 * It fills at the pace, and each step takes its people out of it, so that over time exactly the pace is kept. A new line has what comes
 * in three seconds, and one person at least. It never holds more than that of three seconds and one person: a guardian that was
 * silent lets in no crowd, and what a look leaves behind the point is not lost before the next.
 */
export function bucketLeft(steps: readonly Step[], atMs: number, admissionsPerSecond: number): number {
  if (admissionsPerSecond === 0) return 0;
  const perMs = admissionsPerSecond / 1_000;
  let left = Math.max(1, perMs * BUCKET_MS);
  let leftAtMs = steps[0]?.holdsFromMs ?? atMs;
  const fillUntil = (untilMs: number) => {
    left = Math.min(left + perMs * (untilMs - leftAtMs), perMs * BUCKET_MS + 1);
    leftAtMs = untilMs;
  };
  for (const { people, holdsFromMs } of steps) {
    fillUntil(holdsFromMs);
    // Steps of a faster pace than the present one are no debt.
    left = Math.max(0, left - people);
  }
  fillUntil(atMs);
  return left;
}

export type Room = {
  readonly pace: Pace;
  readonly steps: readonly Step[];
  /** When the new step would hold. */
  readonly holdsFromMs: number;
  /** Whose turn runs, or is about to, and who have not bought. */
  readonly inside: number;
  /** Units that nobody has. */
  readonly available: number;
  /** Each turn has a unit of its own: as many are let in as there are units, and no more. */
  readonly isUnitEach?: boolean;
};

/** How many more people a waiting room lets in now. */
export function peopleToAdmit({ pace, steps, holdsFromMs, inside, available, isUnitEach }: Room): number {
  if (pace.isPaused || available <= 0) return 0;
  const forStock = turnsFor(available, isUnitEach) - inside;
  const room = Math.min(bucketLeft(steps, holdsFromMs, pace.admissionsPerSecond), pace.mostInside - inside);
  return Math.max(0, Math.floor(Math.min(room, forStock)));
}

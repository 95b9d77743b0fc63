import { turnsFor } from "../contract/turns-for.ts";
import type { Pace } from "./log-line.ts";
import type { Step } from "./line-state.ts";

/** Runs of the guardian overlap and look late: what it may let in gathers for so long. */
export const BUCKET_MS = 3_000;

/** How many people the steps of the last seconds leave room for. Follows from the log alone. */
export function bucketLeft(steps: readonly Step[], nowMs: number, admissionsPerSecond: number): number {
  const most = (admissionsPerSecond * BUCKET_MS) / 1_000;
  const recent = steps.filter(({ holdsFromMs, people }) => people > 0 && holdsFromMs > nowMs - BUCKET_MS);
  return Math.max(0, most - recent.reduce((sum, { people }) => sum + people, 0));
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

/** A turn lasts so much longer than the page shows. */
export const TURN_GRACE_SECONDS = 5;

/** How far a live step has come, as the gate counts it. */
export type StepProgress = {
  readonly step: number;
  /** For how long its turns have run while the sale was served: neither paused nor recovering. */
  readonly servedMs: number;
  /** Entries that have bought in it, and their units. */
  readonly bought: number;
  readonly units: number;
};

/** The last step that has lapsed, by served time. Steps lapse in their order. */
export function lapsedSteps(before: number, live: readonly StepProgress[], turnSeconds: number): number {
  let lapsed = before;
  for (const { step, servedMs } of live.toSorted((a, b) => a.step - b.step)) {
    if (step !== lapsed + 1 || servedMs < (turnSeconds + TURN_GRACE_SECONDS) * 1_000) break;
    lapsed = step;
  }
  return lapsed;
}

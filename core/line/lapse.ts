import type { LineState, Step } from "./line-state.ts";

/** A turn lasts so much longer than the page shows. */
export const TURN_GRACE_SECONDS = 5;

/**
 * A step and a lapse hold so long after they are decided, at least: longer than the three seconds that the protocol asks for, by what a
 * line may take to be written.
 */
export const AHEAD_MS = 4_000;

/** For how long a turn runs at least before it lapses, in time in which the sale is served. */
export const lapsesAfterMs = (turnSeconds: number): number => (turnSeconds + TURN_GRACE_SECONDS) * 1_000;

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
    if (step !== lapsed + 1 || servedMs < lapsesAfterMs(turnSeconds)) break;
    lapsed = step;
  }
  return lapsed;
}

/**
 * The earliest instant from which steps up to this number may have lapsed: none has lasted less than a turn and its grace, whatever
 * the gate counted. It counts by its own clock, and the log by who writes it.
 */
export function earliestLapse({ rules, steps, lapsedSteps: before }: LineState, lapsed: number): number {
  const lastMs = lapsesAfterMs(rules?.turnSeconds ?? 0);
  return Math.max(0, ...steps.slice(before, lapsed).map(({ holdsFromMs }) => holdsFromMs + lastMs));
}

/**
 * Steps in whose turns somebody may still buy: a lapse holds seconds after it is written, and until then their units are promised
 * to nobody else.
 */
export const unlapsedSteps = ({ steps }: LineState, nowMs: number): readonly Step[] =>
  steps.filter(({ lapsesAtMs }) => lapsesAtMs === null || nowMs < lapsesAtMs);

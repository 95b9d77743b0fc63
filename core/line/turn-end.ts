import type { Step } from "./line-state.ts";

/** A turn lasts five seconds longer than the page shows, and that it lapsed is told within some seconds after that. */
const LAPSE_WITHIN_MS = 10_000;

/** Whether a turn goes on though its time by the clock is over: the sale stood still meanwhile, which lapses nobody's turn. */
export const goesOn = ({ holdsFromMs, lapsesAtMs }: Step, turnSeconds: number, nowMs: number): boolean =>
  lapsesAtMs === null && nowMs >= holdsFromMs + turnSeconds * 1_000 + LAPSE_WITHIN_MS;

/**
 * Until when a turn is shown; null: nobody knows, since the sale stands still, or has stood still and the turn goes on. The log does not
 * say when a sale stood still: what is shown after that may be too early, and never too late.
 *
 * @param isServed whether the sale is neither paused nor recovering, by a gate that can be trusted.
 */
export function shownUntilMs(
  step: Step,
  turnSeconds: number,
  { nowMs, isServed }: { readonly nowMs: number; readonly isServed: boolean },
): number | null {
  const standsStill = !isServed && step.lapsesAtMs === null;
  return standsStill || goesOn(step, turnSeconds, nowMs) ? null : step.holdsFromMs + turnSeconds * 1_000;
}

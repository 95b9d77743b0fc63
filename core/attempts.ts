import { type Clock, startStopwatch } from "./clock.ts";

const SPAN_MS = 10_000;
/** Names that are remembered; whoever makes up more of them begins anew. */
const MOST_NAMES = 10_000;

/**
 * Counts attempts by name in this process, by the rule of core/gate/lib/attempts.lua: of `limit` in ten seconds half and one may
 * come at once, and each other one a fixed pause after the last. For what no gate counts; each instance counts for itself.
 */
export function createAttempts(clock: Clock) {
  const freeAt = new Map<string, number>();
  const sinceStartMs = startStopwatch(clock);

  /** Counts an attempt and answers 0; or answers in how many milliseconds the next one is free, and counts nothing. */
  return function waitForAttempt(name: string, limit: number): number {
    const nowMs = sinceStartMs();
    const atOnce = Math.ceil((limit + 1) / 2);
    const pauseMs = Math.ceil(SPAN_MS / (limit + 1 - atOnce));
    const freeMs = Math.max(nowMs, freeAt.get(name) ?? nowMs);
    const waitMs = freeMs - (atOnce - 1) * pauseMs - nowMs;
    if (waitMs > 0) return Math.ceil(waitMs);
    if (freeAt.size >= MOST_NAMES) freeAt.clear();
    freeAt.set(name, freeMs + pauseMs);
    return 0;
  };
}

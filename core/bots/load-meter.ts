import type { Clock } from "../clock.ts";

/** An environment that answers so many a second has all that it can do; then others start beside it. */
const FULL_PER_SECOND = 20;

/** How busy this environment is with something, from 0 to 1, by what it counted in the last whole second. */
export function createLoadMeter(clock: Pick<Clock, "nowMs">) {
  let [second, count, before] = [0, 0, 0];
  return {
    /** Counts one more, and answers the load. */
    note(): number {
      const now = Math.floor(clock.nowMs() / 1000);
      if (now !== second) [second, before, count] = [now, now === second + 1 ? count : 0, 0];
      count++;
      return Math.min(1, Math.max(before, count) / FULL_PER_SECOND);
    },
  };
}

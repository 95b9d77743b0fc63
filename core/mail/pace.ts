import type { Clock } from "../clock.ts";

/** Waits before each call until it is due, so that no more than so many begin in a second. */
export function createPace(perSecond: number, clock: Pick<Clock, "nowMs">): () => Promise<void> {
  let nextAtMs = 0;
  return async () => {
    const nowMs = clock.nowMs();
    const waitMs = nextAtMs - nowMs;
    nextAtMs = Math.max(nowMs, nextAtMs) + 1_000 / perSecond;
    if (waitMs > 0) await new Promise((resume) => setTimeout(resume, waitMs));
  };
}

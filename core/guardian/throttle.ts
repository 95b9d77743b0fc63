import type { Clock } from "../clock.ts";

/** Answers for each name whether so much time has passed since it last answered yes. */
export function createThrottle(clock: Clock, everyMs: number) {
  const last = new Map<string, number>();

  return (name: string): boolean => {
    const nowMs = clock.monotonicMs();
    for (const [known, atMs] of last) {
      if (nowMs - atMs < everyMs) break;
      last.delete(known);
    }
    if (last.has(name)) return false;
    last.set(name, nowMs);
    return true;
  };
}

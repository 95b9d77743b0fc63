/**
 * The one place that reads the machine's clock.
 *
 * A Lambda's wall clock may be wrong by minutes and its monotonic clock may stand still while it is frozen, so a
 * duration that matters is the larger of the two differences. No decision about a sale's window is made with either: the
 * gate's clock is Redis `TIME`.
 */
export type Clock = {
  /** Wall clock, milliseconds since 1970. */
  nowMs: () => number;
  /** Monotonic clock, milliseconds since an arbitrary start. */
  monotonicMs: () => number;
};

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

/** A started stopwatch: milliseconds passed since, by whichever of the two clocks says more. */
export function startStopwatch(clock: Clock): () => number {
  const wall = clock.nowMs();
  const monotonic = clock.monotonicMs();
  return () => Math.max(clock.nowMs() - wall, clock.monotonicMs() - monotonic);
}

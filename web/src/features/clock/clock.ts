/** One look at the server's clock; times of this page are monotonic (`performance.now()`), never the wall clock. */
export type ClockSample = { sentAtMs: number; receivedAtMs: number; serverMs: number };

/** Samples older than this are dropped: a machine that slept may have stopped its monotonic clock. */
const KEEP_MS = 5 * 60_000;
const KEEP_COUNT = 8;
/** Slack above twice the best round trip within which a sample still counts as quick. */
const QUICK_SLACK_MS = 50;

export function addSample(samples: readonly ClockSample[], sample: ClockSample): readonly ClockSample[] {
  const fresh = samples.filter((old) => sample.receivedAtMs - old.receivedAtMs < KEEP_MS);
  return [...fresh, sample].slice(-KEEP_COUNT);
}

/**
 * The server's clock minus this page's monotonic clock, in milliseconds; null before the first sample.
 *
 * One sample says `serverTime - (sent + roundTrip / 2)`. The status may come from a cache up to a second old, which only
 * ever makes the server look earlier; so among the quick samples the largest offset is the truest.
 */
export function estimateOffsetMs(samples: readonly ClockSample[]): number | null {
  if (samples.length === 0) return null;
  const roundTrip = (sample: ClockSample) => sample.receivedAtMs - sample.sentAtMs;
  const limit = Math.min(...samples.map(roundTrip)) * 2 + QUICK_SLACK_MS;
  const quick = samples.filter((sample) => roundTrip(sample) <= limit);
  return Math.max(...quick.map((sample) => sample.serverMs - (sample.sentAtMs + roundTrip(sample) / 2)));
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * How long is waited after the first failed call of an event, the second, and so on: three days in all. The first waits
 * outlast a restart, the later ones a weekend.
 */
export const RETRIES_MS: readonly number[] = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  1 * HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  8 * HOUR_MS,
  12 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
];

/** Waits from a setting such as "1,5,30", in seconds; an empty one means RETRIES_MS. @throws Error when it is no such list. */
export function parseRetries(text: string): readonly number[] {
  if (text.trim() === "") return RETRIES_MS;
  const seconds = text.split(",").map(Number);
  if (seconds.some((value) => !(value >= 0))) throw new Error("WEBHOOK_RETRIES must be seconds: 5,30,120");
  return seconds.map((value) => value * SECOND_MS);
}

/** The most that an endpoint may ask to be left alone by Retry-After. */
const MOST_ASKED_MS = HOUR_MS;

/**
 * How long to wait after so many failed calls of one event; null: it is given up. Whoever answers with Retry-After is not
 * asked earlier.
 */
export function waitAfter(
  attempts: number,
  retries: readonly number[],
  retryAfterMs: number | null = null,
): number | null {
  const wait = retries[attempts - 1];
  if (wait === undefined) return null;
  return Math.max(wait, Math.min(retryAfterMs ?? 0, MOST_ASKED_MS));
}

/** Failed calls in a row after which an endpoint is taken to be down: one call at a time then asks whether it is back. */
export const DOWN_AFTER = 10;
/** While it is down, the longest that nothing is sent. */
const LONGEST_QUIET_MS = MINUTE_MS;

/** How long nothing is sent to an endpoint that has failed so often in a row since then: as long again as it has been failing. */
export function quietFor(failures: number, failingForMs: number): number {
  return failures < DOWN_AFTER ? 0 : Math.min(Math.max(failingForMs, SECOND_MS), LONGEST_QUIET_MS);
}

/** Half a day without one call that was taken: somebody must look. What is due waits meanwhile, and is not given up. */
const PAUSED_AFTER_MS = 12 * HOUR_MS;

/** Whether an endpoint is paused for failing. 410 says that it wants no more (the specification's word for it). */
export function pauseFor(
  failures: number,
  failingForMs: number,
  status: number | null,
): "failing" | "gone" | null {
  if (status === 410) return "gone";
  return failures >= DOWN_AFTER && failingForMs >= PAUSED_AFTER_MS ? "failing" : null;
}

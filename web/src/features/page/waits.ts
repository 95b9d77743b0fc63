const SPREAD = 0.1;
/** A wait up to a tenth longer, so that pages which began together do not go on asking together. */
export const spreadMs = (waitMs: number): number => waitMs * (1 + SPREAD * Math.random());

/** Up to so long a wait is that of a few pages. */
const QUICK_MS = 1_500;
/**
 * A wait before the next look that the server asked for. A long one is asked of a crowd: drawn from half of it to one and a half,
 * or all who began with the opening would go on asking in waves.
 */
export const drawnOutMs = (waitMs: number): number =>
  waitMs <= QUICK_MS ? spreadMs(waitMs) : waitMs * (0.5 + Math.random());

const FIRST_RETRY_MS = 1_500;
const LAST_RETRY_MS = 15_000;
/** The wait after the nth failure in a row. */
export const backoffMs = (failures: number): number =>
  spreadMs(Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, failures - 1), LAST_RETRY_MS));

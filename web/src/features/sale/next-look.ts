import type { SaleStatus } from "../api/contract.ts";
import { drawnOutMs } from "../page/waits.ts";

/**
 * After the opening, pages look within at least this much of each other instead of all at once, and within the wait that the
 * server asked for before it, which is long: it cannot know its crowd. Nobody waits for that answer: Buy appears by the page's
 * clock.
 */
export const OPENING_SPREAD_MS = 800;

/**
 * Once the opening is due, the server may still answer from a cache of a second or two ago: nobody waits a long round then, and
 * those of a crowd do not come back at once.
 */
export const OVERDUE_LOOK_MS = 3_000;

/** When a page looks at its sale again: when the server wants; who would look after the opening does so at a moment of its own. */
export function nextLookMs(
  { phase, pollAfterMs }: Pick<SaleStatus, "phase" | "pollAfterMs">,
  untilStartMs: number,
): number {
  const waitMs = drawnOutMs(pollAfterMs);
  if (phase !== "scheduled" || waitMs < untilStartMs) return waitMs;
  return untilStartMs > 0
    ? untilStartMs + Math.max(OPENING_SPREAD_MS, pollAfterMs) * Math.random()
    : Math.min(waitMs, drawnOutMs(OVERDUE_LOOK_MS));
}

import type { SaleStatus } from "../api/contract.ts";
import { drawnOutMs } from "../page/waits.ts";

/**
 * Once the opening is due, the server may still answer from a cache of a second or two ago: nobody waits a long round then, and
 * those of a crowd do not come back at once.
 */
export const OVERDUE_LOOK_MS = 3_000;

/**
 * When a page looks at its sale again: when the server wants. Who would look after the opening does so at a moment of its own within
 * the wait that the server asked for, which is long before an opening: it cannot know its crowd. Nobody waits for that answer, as Buy
 * appears by the page's clock.
 */
export function nextLookMs(
  { phase, pollAfterMs }: Pick<SaleStatus, "phase" | "pollAfterMs">,
  untilStartMs: number,
): number {
  const waitMs = drawnOutMs(pollAfterMs);
  if (phase !== "scheduled" || waitMs < untilStartMs) return waitMs;
  return untilStartMs > 0
    ? untilStartMs + pollAfterMs * Math.random()
    : Math.min(waitMs, drawnOutMs(OVERDUE_LOOK_MS));
}

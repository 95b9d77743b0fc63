import { LONGEST_POLL_MS, OPENING_SPREAD_MS, POLL_AFTER_MS, POLL_SPREAD } from "./page.ts";

/** Most asks for the status in a second that the answers' `pollAfterMs` aims at; null: the same for every crowd. */
export type PollRule = {
  readonly mostPerSecond: number | null;
  /** By how much a page's wait is drawn out at random, as a share of it; the page's is a tenth. */
  readonly spread?: number;
};

/** How soon a page asks again: at its phase's pace, or slower if so many pages would be too many. */
export function pollAfterMs(phase: keyof typeof POLL_AFTER_MS, pages: number, rule: PollRule): number {
  const slowerMs = rule.mostPerSecond === null ? 0 : (pages / rule.mostPerSecond) * 1000;
  return Math.min(LONGEST_POLL_MS, Math.max(POLL_AFTER_MS[phase], Math.ceil(slowerMs)));
}

const SLOT_MS = 50;

export type Asks = {
  /** In the busiest second: after the opening's own, and in the opening's. */
  readonly mostPerSecond: number;
  readonly openingPerSecond: number;
  readonly total: number;
};

/**
 * Asks for the status from the opening until `untilMs`, all pages in bulk: whole numbers of pages that ask in the same
 * stretch of 50 ms. They meet nothing but the CDN, so nothing is lost by not telling one page from the other.
 */
export function statusAsks(
  pages: number,
  soldOutMs: number | null,
  untilMs: number,
  rule: PollRule,
  openingSpreadMs = OPENING_SPREAD_MS,
): Asks {
  const slots = Math.ceil(untilMs / SLOT_MS);
  const asks = new Float64Array(slots + Math.ceil((2 * LONGEST_POLL_MS) / SLOT_MS) + 2);
  spread(asks, pages, 0, openingSpreadMs);
  for (let slot = 0; slot < slots; slot++) {
    const phase = soldOutMs !== null && slot * SLOT_MS >= soldOutMs ? "soldOut" : "open";
    const waitMs = pollAfterMs(phase, pages, rule);
    spread(asks, asks[slot]!, slot * SLOT_MS + waitMs, waitMs * (rule.spread ?? POLL_SPREAD));
  }
  const perSecond = secondsOf(asks.subarray(0, slots));
  const afterOpening = perSecond.slice(Math.ceil(openingSpreadMs / 1000) + 1);
  return {
    mostPerSecond: Math.max(0, ...afterOpening),
    openingPerSecond: pages / Math.max(1, openingSpreadMs / 1000),
    total: perSecond.reduce((sum, count) => sum + count, 0),
  };
}

/** Shares whole pages out over the slots of a stretch of time. */
function spread(asks: Float64Array, count: number, fromMs: number, overMs: number): void {
  const first = Math.floor(fromMs / SLOT_MS);
  const over = Math.max(1, Math.ceil(overMs / SLOT_MS));
  let given = 0;
  for (let i = 0; i < over && first + i < asks.length; i++) {
    const upTo = Math.floor((count * (i + 1)) / over);
    asks[first + i]! += upTo - given;
    given = upTo;
  }
}

function secondsOf(asks: Float64Array): number[] {
  const size = 1000 / SLOT_MS;
  return Array.from({ length: Math.ceil(asks.length / size) }, (_, second) =>
    asks.subarray(second * size, (second + 1) * size).reduce((sum, count) => sum + count, 0),
  );
}

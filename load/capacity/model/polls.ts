import { linePollAfterMs } from "../../../core/line/poll-after.ts";
import { pollAfterMs } from "../../../core/watch/poll-after.ts";
import { CACHE_MS, NEAR_LOOK_MS, NEAR_MS, OVERDUE_LOOK_MS, POLL_SPREAD, QUICK_MS } from "./page.ts";

const SLOT_MS = 50;

export type Asks = {
  /** In the busiest second. */
  readonly mostPerSecond: number;
  readonly total: number;
};

type Watched = {
  readonly pages: number;
  readonly hasLine: boolean;
  readonly soldOutMs: number | null;
  /** That the gate has decided by the end of each second after the opening. */
  readonly attemptsBy: readonly number[];
};

const SECOND_MS = 1_000;
/** Pages that wait for the opening were told so within it. */
const BEFORE_MS = 1_000;

/** So long an answer from before the opening may be told: an instance keeps it for a second, and an edge for another. */
const STALE_MS = 2 * CACHE_MS;

/** How long a page waits after a look so long after the opening: by the server's own rule. */
function statusWaitMs({ pages, hasLine, soldOutMs, attemptsBy }: Watched, sinceStartMs: number): number {
  if (sinceStartMs < STALE_MS) return OVERDUE_LOOK_MS;
  const isSoldOut = soldOutMs !== null && sinceStartMs >= soldOutMs;
  // A status tells what was before: of the second that goes on nobody knows yet.
  const over = Math.floor(sinceStartMs / SECOND_MS);
  return pollAfterMs({
    phase: isSoldOut ? "sold_out" : "open",
    untilStartMs: -sinceStartMs,
    attempts: attemptsBy.slice(0, over).at(-1) ?? 0,
    line: hasLine ? { entries: pages } : null,
  });
}

/** The wait that pages were told last before the opening, within which their first looks after it fall. */
export const waitBeforeMs = ({ pages, hasLine }: Pick<Watched, "pages" | "hasLine">): number =>
  pollAfterMs({
    phase: "scheduled",
    untilStartMs: BEFORE_MS,
    attempts: 0,
    line: hasLine ? { entries: pages } : null,
  });

/** Asks for the status from the opening until `untilMs`. */
export const statusAsks = (watched: Watched, untilMs: number): Asks =>
  asksOf(watched.pages, untilMs, (ms) => statusWaitMs(watched, ms), waitBeforeMs(watched));

/**
 * Asks for the line's one file in the same time, by pages that have waited for longer: the server's rule, and those near to their
 * turn, whom the pace bounds.
 */
export function lineAsks(
  { pages, soldOutMs }: Pick<Watched, "pages" | "soldOutMs">,
  admissionsPerSecond: number,
  untilMs: number,
): Asks {
  const waitMs = (ms: number) =>
    linePollAfterMs({
      phase: soldOutMs !== null && ms >= soldOutMs ? "ended" : "moving",
      entries: pages,
      untilCloseMs: -1,
    });
  const far = asksOf(pages, untilMs, waitMs, waitMs(0));
  const near = Math.min(pages, (admissionsPerSecond * NEAR_MS) / 1_000) * (1_000 / NEAR_LOOK_MS);
  const nearUntilMs = Math.min(untilMs, soldOutMs ?? untilMs);
  return { mostPerSecond: far.mostPerSecond + near, total: far.total + (near * nearUntilMs) / 1_000 };
}

export const bothAsks = (some: Asks, others: Asks): Asks => ({
  mostPerSecond: some.mostPerSecond + others.mostPerSecond,
  total: some.total + others.total,
});

/**
 * Asks of all pages in bulk: whole numbers of pages that ask in the same stretch of 50 ms. They meet nothing but the CDN, so
 * nothing is lost by not telling one page from the other.
 */
function asksOf(
  pages: number,
  untilMs: number,
  waitAtMs: (ms: number) => number,
  firstWithinMs: number,
): Asks {
  const slots = Math.ceil(untilMs / SLOT_MS);
  const longestMs = Math.max(...Array.from({ length: slots + 1 }, (_, slot) => waitAtMs(slot * SLOT_MS)));
  const asks = new Float64Array(slots + Math.ceil((3 * longestMs) / SLOT_MS) + 2);
  spread(asks, pages, 0, firstWithinMs);
  for (let slot = 0; slot < slots; slot++) {
    const [fromMs, overMs] = drawnOut(waitAtMs(slot * SLOT_MS));
    spread(asks, asks[slot]!, slot * SLOT_MS + fromMs, overMs);
  }
  const perSecond = secondsOf(asks.subarray(0, slots));
  return {
    mostPerSecond: Math.max(0, ...perSecond),
    total: perSecond.reduce((sum, count) => sum + count, 0),
  };
}

/** From when a page asks again, and over how long: as the page draws it out. */
const drawnOut = (waitMs: number): readonly [number, number] =>
  waitMs <= QUICK_MS ? [waitMs, waitMs * POLL_SPREAD] : [waitMs / 2, waitMs];

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

import { retryWaitMs } from "./page.ts";
import { kinds, type World } from "./world.ts";

/** From the fifth try on the page waits as long as it ever does. */
const LEVELS = 5;
/** Longer than the longest wait. */
const RING_MS = 2 ** 14;

/**
 * API Gateway's throttle, millisecond by millisecond: of the tries of one, lots decide who is let through.
 *
 * Those whom it turns away are counted by how often it has, and by the millisecond of their next try. Those of one count are
 * alike in all that follows, so who of them gets through is drawn too, and millions of vain tries need no event of their own.
 *
 * @param letThrough takes a shopper whom the throttle has let through, after the time of the try
 */
export function createThrottle(world: World, letThrough: (shopper: number) => void) {
  const { calendar, chance, shoppers, stage, tally } = world;
  const fresh: number[] = [];
  const due = Array.from({ length: LEVELS }, () => new Int32Array(RING_MS));
  const waiting: number[][] = Array.from({ length: LEVELS }, () => []);
  const isPlanned = new Uint8Array(RING_MS);

  function plan(atMs: number): number {
    const place = atMs % RING_MS;
    if (isPlanned[place] === 0) calendar.at(atMs, kinds.throttle, 0);
    isPlanned[place] = 1;
    return place;
  }

  /** Somebody waits who has been turned away so often. */
  function wait(level: number): void {
    const waitMs = 2 * stage.networkMs + retryWaitMs(level + 1, chance.uniform());
    tally.turnAway("API throttle", waitMs);
    due[level]![plan(Math.ceil(calendar.nowMs + waitMs))]!++;
  }

  function turnAway(shopper: number): void {
    const level = Math.min(shoppers.tries[shopper]!, LEVELS) - 1;
    waiting[level]!.push(shopper);
    wait(level);
  }

  /** The lot falls on a fresh try, or on a level's. */
  function drawFrom(counts: readonly number[]): void {
    let lot = chance.whole(counts.reduce((sum, count) => sum + count, fresh.length));
    if (lot < fresh.length) return letThrough(remove(fresh, lot));
    lot -= fresh.length;
    const level = counts.findIndex((count) => (lot -= count) < 0);
    const shopper = drawWaiting(level);
    shoppers.sentMs[shopper] = calendar.nowMs;
    (counts as number[])[level]!--;
    letThrough(shopper);
  }

  function drawWaiting(level: number): number {
    const all = waiting[level]!;
    const shopper = remove(all, chance.whole(all.length));
    shoppers.tries[shopper] = level + 2;
    return shopper;
  }

  return {
    /** A first try, or one after something else than the throttle refused. */
    enter(shopper: number): void {
      fresh.push(shopper);
      plan(Math.floor(calendar.nowMs) + 1);
    },

    /** The present millisecond's tries. */
    decide(): void {
      const { nowMs } = calendar;
      const place = nowMs % RING_MS;
      isPlanned[place] = 0;
      const counts = due.map((ofLevel) => ofLevel[place]!);
      for (const ofLevel of due) ofLevel[place] = 0;
      const again = counts.reduce((sum, count) => sum + count, 0);
      tally.tries += again;
      tally.api.add(nowMs, again + fresh.length);
      for (let left = again + fresh.length; left > 0 && world.throttle!.take(nowMs); left--) drawFrom(counts);
      for (const shopper of fresh) turnAway(shopper);
      fresh.length = 0;
      for (let i = counts[LEVELS - 1]!; i > 0; i--) wait(LEVELS - 1);
      for (let level = LEVELS - 2; level >= 0; level--)
        for (let i = counts[level]!; i > 0; i--) turnAway(drawWaiting(level));
    },
  };
}

function remove(all: number[], index: number): number {
  const item = all[index]!;
  all[index] = all.at(-1)!;
  all.pop();
  return item;
}

import { type Clock, startStopwatch } from "../clock.ts";
import type { Warn } from "../log.ts";
import type { Measure } from "../metrics.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import type { WishDependencies } from "./make-wish.ts";
import type { OpenWish } from "./open-wishes.dynamo.ts";

/** What is younger is under way. */
const LEAST_AGE_MS = 60_000;
const TOGETHER = 8;
/** A wish that nobody decides on is sent again after a minute, and then after twice as long each time, up to an hour. */
const LONGEST_WAIT_MS = 3_600_000;
const waitAfter = (sends: number): number =>
  Math.min(LEAST_AGE_MS * 2 ** Math.min(sends, 10), LONGEST_WAIT_MS);

/**
 * Goes on with wishes that nobody has decided on for longer than a minute: whoever brought them died, or their message was
 * lost. One that is decided is taken off the list; the consumer decides on each once, however often it is sent.
 *
 * @param longestMs after which the rest is left to the next run; those go first that have waited longest.
 * @returns how many are not decided yet.
 */
export async function carryOnWishes(
  deps: WishDependencies & { readonly clock: Clock; readonly warn: Warn; readonly measure: Measure },
  longestMs: number,
): Promise<number> {
  const { openWishes, clock, measure } = deps;
  const passedMs = startStopwatch(clock);
  const nowMs = clock.nowMs();
  const old = (await openWishes.all()).filter(({ wish }) => nowMs - wish.wishedAtMs >= LEAST_AGE_MS);
  const due = old.toSorted((a, b) => (a.nextAtMs || a.wish.wishedAtMs) - (b.nextAtMs || b.wish.wishedAtMs));
  let decided = 0;
  for (let i = 0; i < due.length && passedMs() < longestMs; i += TOGETHER) {
    const results = await Promise.all(due.slice(i, i + TOGETHER).map((open) => carryOn(deps, open)));
    decided += results.filter((isDecided) => isDecided).length;
  }
  measure("UndecidedWishes", old.length - decided);
  return old.length - decided;
}

/** One that fails holds up none of the others. */
async function carryOn(
  { ledger, queue, openWishes, clock, warn }: Parameters<typeof carryOnWishes>[0],
  { wish, sends, nextAtMs }: OpenWish,
): Promise<boolean> {
  const { orderId, buyerId, wishId, requestId } = wish;
  try {
    const entry = await ledger.get(orderId, buyerId);
    const isDone = !entry || isDecided(entry, wishId);
    if (isDone) await openWishes.remove(wishId);
    else if (nextAtMs <= clock.nowMs()) {
      await ledger.putWish(wish);
      await queue.sendWish(wish);
      await openWishes.wait(wish, sends + 1, clock.nowMs() + waitAfter(sends));
    }
    return isDone;
  } catch (error) {
    warn("a wish could not be carried on", { orderId, wishId, requestId, error });
    return false;
  }
}

/** A hold that ended unpaid has no row, and nothing that anybody could decide on. */
const isDecided = ({ state: { kind, wishes, payment } }: LedgerEntry, wishId: string): boolean =>
  wishes.includes(wishId) ||
  kind === "expired" ||
  kind === "cancelled" ||
  (kind === "rejected" && payment === undefined);

import type { Clock } from "../clock.ts";
import type { Warn } from "../log.ts";
import type { Measure } from "../metrics.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import type { Wish } from "../reservation/wish.ts";
import type { WishDependencies } from "./make-wish.ts";

/** What is younger is under way. */
const LEAST_AGE_MS = 60_000;
/** While nobody decides, no wish is sent again more often than so. */
const TOGETHER = 8;

/**
 * Goes on with wishes that nobody has decided on for longer than a minute: whoever brought them died, or their message was
 * lost. One that is decided is taken off the list; the consumer decides on each once, however often it is sent.
 *
 * @returns how many are not decided yet.
 */
export async function carryOnWishes(
  deps: WishDependencies & { readonly clock: Clock; readonly warn: Warn; readonly measure: Measure },
): Promise<number> {
  const { openWishes, clock, measure } = deps;
  const nowMs = clock.nowMs();
  const old = (await openWishes.all()).filter(({ wishedAtMs }) => nowMs - wishedAtMs >= LEAST_AGE_MS);
  let undecided = 0;
  for (let i = 0; i < old.length; i += TOGETHER) {
    const results = await Promise.all(old.slice(i, i + TOGETHER).map((wish) => carryOn(deps, wish)));
    undecided += results.filter((isDecided) => !isDecided).length;
  }
  measure("UndecidedWishes", undecided);
  return undecided;
}

/** One that fails holds up none of the others. */
async function carryOn(
  { ledger, queue, openWishes, warn }: Parameters<typeof carryOnWishes>[0],
  wish: Wish,
): Promise<boolean> {
  const { orderId, buyerId, wishId, requestId } = wish;
  try {
    const entry = await ledger.get(orderId, buyerId);
    const isDone = !entry || isDecided(entry, wishId);
    if (isDone) await openWishes.remove(wishId);
    else {
      await ledger.putWish(wish);
      await queue.sendWish(wish);
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

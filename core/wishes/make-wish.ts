import { createHash } from "node:crypto";
import type { BuyerId } from "../ids.ts";
import type { OrderQueue } from "../orders/order-queue.sqs.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import type { Wish } from "../reservation/wish.ts";
import type { OpenWishes } from "./open-wishes.dynamo.ts";

export type WishDependencies = {
  readonly ledger: Ledger;
  readonly queue: Pick<OrderQueue, "sendWish">;
  readonly openWishes: OpenWishes;
};

/** An actor's key is one wish, whichever order it names: the same key for another order is noticed. */
export const wishIdOf = (actorId: BuyerId, idempotencyKey: string): string =>
  `wish_${createHash("sha256").update(`${actorId}:${idempotencyKey}`).digest("hex").slice(0, 32)}`;

/**
 * Has a wish decided on: onto the list of open wishes, into the ledger beside its order, onto the order queue. Killed anywhere
 * after the first of these, `carryOnWishes` goes on with it; and so does whoever repeats it.
 *
 * @returns the wish as it was received first; null: its key has named another order. @throws when a store does not answer.
 */
export async function makeWish(
  { ledger, queue, openWishes }: WishDependencies,
  wish: Wish,
): Promise<Wish | null> {
  const first = await openWishes.add(wish);
  // A wish from before such keys were noted may be another order's still.
  if (first?.orderId !== wish.orderId) return null;
  await ledger.putWish(first);
  await queue.sendWish(first);
  return first;
}

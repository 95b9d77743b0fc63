import * as v from "valibot";
import { buyerId, orderId, saleId } from "../contract/ids.ts";

const whole = v.pipe(v.number(), v.integer(), v.minValue(1));

const common = {
  wishId: v.string(),
  saleId,
  orderId,
  buyerId,
  reason: v.string(),
  /** Who asked: a member of staff, or the buyer. */
  actorId: v.string(),
  wishedAtMs: v.number(),
  requestId: v.string(),
};

export const withdrawal = v.object({ wish: v.literal("withdraw"), ...common, units: whole });
export type Withdrawal = v.InferOutput<typeof withdrawal>;

/**
 * A dated request about an order. What comes of it is decided where the order's state is kept.
 *
 * - `return`: an operator takes units back, and the money of them.
 * - `withdraw`: the buyer withdraws from some units or all; it counts from when it was wished.
 * - `refund`: an operator gives money back, and leaves the units.
 * - `resolve_refund`: an operator says what is to become of a refund that failed.
 */
export const wish = v.variant("wish", [
  v.object({ wish: v.literal("return"), ...common, units: whole, isWithheld: v.boolean() }),
  withdrawal,
  v.object({ wish: v.literal("refund"), ...common, amountMinor: whole }),
  v.object({
    wish: v.literal("resolve_refund"),
    ...common,
    refundId: v.string(),
    how: v.picklist(["again", "otherwise"]),
  }),
]);
export type Wish = v.InferOutput<typeof wish>;

/** @throws ValiError when the text is not a wish. */
export const parseWish = (json: string): Wish => v.parse(wish, JSON.parse(json));

import * as v from "valibot";
import { buyerId, orderId, saleId } from "../contract/ids.ts";

/** A dated request to take units of an order back. What comes of it is decided where the order's state is kept. */
export const wish = v.object({
  wish: v.literal("return"),
  wishId: v.string(),
  saleId,
  orderId,
  buyerId,
  units: v.pipe(v.number(), v.integer(), v.minValue(1)),
  isWithheld: v.boolean(),
  reason: v.string(),
  /** The member of staff who asked. */
  actorId: v.string(),
  wishedAtMs: v.number(),
  requestId: v.string(),
});
export type Wish = v.InferOutput<typeof wish>;

/** @throws ValiError when the text is not a wish. */
export const parseWish = (json: string): Wish => v.parse(wish, JSON.parse(json));

import * as v from "valibot";
import { orderRow } from "./admin-orders.ts";
import { buyerId, orderId } from "./ids.ts";
import { orderEventKinds } from "./order.ts";
import { quantity } from "./purchase.ts";
import { count, instant } from "./sale.ts";
import { storableLine } from "./text.ts";

const reason = v.pipe(
  v.string("is required: say why, for the audit log"),
  v.trim(),
  storableLine,
  v.minLength(1, "must not be empty"),
  v.maxLength(200, "must be at most 200 characters"),
);

/** A wish to take units of an order back. Send an Idempotency-Key: repeating the request is the same wish. */
export const cancelOrderRequest = v.strictObject({
  units: quantity,
  /** Off sale when they are back; else they go on sale again. */
  isWithheld: v.boolean("must be true (taken off sale) or false (on sale again)"),
  reason,
  /** Only needed for an order of the last moments, which is not in the merchant's records yet. */
  buyerId: v.optional(buyerId),
});
export type CancelOrderRequest = v.InferOutput<typeof cancelOrderRequest>;

/** The wish is recorded. What comes of it is decided with the order, and is an event of its history then. */
export const cancelOrderAnswer = v.object({ wishId: v.string(), orderId });
export type CancelOrderAnswer = v.InferOutput<typeof cancelOrderAnswer>;

const wish = {
  wishId: v.string(),
  units: count,
  isWithheld: v.boolean(),
  reason: v.string(),
  /** The member of staff who asked. */
  actorId: buyerId,
};

/** A step of an order's life. What came of a wish bears the wish; null: no wish led to it. */
export const orderEvent = v.object({
  number: count,
  kind: v.picklist(orderEventKinds),
  at: instant,
  /** Why the order was rejected, or the wish refused. */
  why: v.nullable(v.string()),
  wish: v.nullable(v.object(wish)),
});
export type OrderEvent = v.InferOutput<typeof orderEvent>;

export const orderHistory = v.object({
  order: orderRow,
  events: v.array(orderEvent),
  /** Asked for, and not decided yet. */
  undecided: v.array(v.object({ ...wish, at: instant })),
});
export type OrderHistory = v.InferOutput<typeof orderHistory>;

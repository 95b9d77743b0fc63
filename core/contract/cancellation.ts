import * as v from "valibot";
import { orderRow } from "./admin-orders.ts";
import { buyerId, orderId } from "./ids.ts";
import { orderEventKinds, refundFailures } from "./order.ts";
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
  /** Only needed for an order that is not in the merchant's records yet: held, or of the last moments. */
  buyerId: v.optional(buyerId),
});
export const orderHistoryQuery = v.strictObject({
  /** Only needed for an order that is held: the merchant's records do not have it yet. */
  buyerId: v.optional(buyerId),
});

export type CancelOrderRequest = v.InferOutput<typeof cancelOrderRequest>;

/**
 * The buyer's withdrawal. Send an Idempotency-Key: repeating the request is the same withdrawal.
 */
export const withdrawRequest = v.strictObject({
  /** Absent: all that the buyer has. */
  units: v.optional(quantity),
});

/** Received. What becomes of it is decided with the order, by when it was received; a mail confirms it. */
export const withdrawAnswer = v.object({
  withdrawalId: v.string(),
  orderId,
  units: count,
  receivedAt: instant,
});
export type WithdrawAnswer = v.InferOutput<typeof withdrawAnswer>;

/** Money in the currency's smallest unit. */
const minor = v.pipe(
  v.number("must be a whole number"),
  v.integer("must be a whole number"),
  v.minValue(1, "must be at least 1"),
  v.maxValue(100_000_000_000),
);
/** Of the event that granted it. */
const refundId = v.pipe(storableLine, v.maxLength(100));

/**
 * A wish about an order's money; its units stay. Send an Idempotency-Key: repeating the request is the same wish. To take
 * units back with their money, cancel them.
 *
 * amount: give so much back. again: a refund that failed is tried once more. otherwise: it was paid back another way.
 */
export const refundOrderRequest = v.variant("kind", [
  v.strictObject({
    kind: v.literal("amount"),
    amountMinor: minor,
    reason,
    buyerId: v.optional(buyerId),
  }),
  v.strictObject({
    kind: v.picklist(["again", "otherwise"]),
    refundId,
    reason,
    buyerId: v.optional(buyerId),
  }),
]);
export type RefundOrderRequest = v.InferOutput<typeof refundOrderRequest>;

/** The wish is recorded. What comes of it is decided with the order, and is an event of its history then. */
export const cancelOrderAnswer = v.object({ wishId: v.string(), orderId });
export type CancelOrderAnswer = v.InferOutput<typeof cancelOrderAnswer>;

const wish = {
  wishId: v.string(),
  /** Of a wish for units. */
  units: v.optional(count),
  isWithheld: v.optional(v.boolean()),
  /** Of a wish for money alone. */
  amountMinor: v.optional(count),
  /** Of a wish about a refund that failed. */
  refundId: v.optional(v.string()),
  how: v.optional(v.picklist(["again", "otherwise"])),
  reason: v.string(),
  /** Who asked: a member of staff, or the buyer who withdrew. */
  actorId: buyerId,
  /** The buyer withdrew, and it was received then. */
  withdrawnAt: v.optional(instant),
};

/** A step of an order's life. What came of a wish bears the wish; null: no wish led to it. */
export const orderEvent = v.object({
  number: count,
  kind: v.picklist(orderEventKinds),
  at: instant,
  /** Why the order was rejected, or the wish refused. */
  why: v.nullable(v.string()),
  wish: v.nullable(v.object(wish)),
  /** What was granted, given back, or failed to be, in the currency's smallest unit; absent: it is not about money. */
  amountMinor: v.optional(count),
  /** Of them, what was given back at the provider's own console before. */
  coveredMinor: v.optional(count),
});
export type OrderEvent = v.InferOutput<typeof orderEvent>;

export const orderHistory = v.object({
  order: orderRow,
  events: v.array(orderEvent),
  /** Null: the provider took nothing for it. */
  money: v.nullable(
    v.object({
      currency: v.string(),
      capturedMinor: count,
      /** Given back, at the provider's own console too; what stands is what was captured less this. */
      refundedMinor: count,
      /** What can still be granted. */
      grantableMinor: count,
      refunds: v.array(
        v.object({
          refundId: v.string(),
          amountMinor: count,
          /** failed: somebody must see to it. outside: made at the provider's own console; its units are still the buyer's. */
          state: v.picklist(["due", "refunded", "failed", "outside"]),
          why: v.nullable(v.picklist(refundFailures)),
          at: instant,
        }),
      ),
    }),
  ),
  /** Asked for, and not decided yet. */
  undecided: v.array(v.object({ ...wish, at: instant })),
});
export type OrderHistory = v.InferOutput<typeof orderHistory>;

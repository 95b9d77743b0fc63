import * as v from "valibot";
import { storableLine } from "./text.ts";
import { buyerId, orderId } from "./ids.ts";
import { count, instant } from "./sale.ts";

export const MAX_PAGE = 10_000;
const DEFAULT_PAGE = "50";

export const orderFilters = [
  "held",
  "placed",
  "confirmed",
  "partly_returned",
  "returned",
  "refunded",
  "rejected",
  "failed",
  "expired",
  "cancelled",
] as const;
export type OrderFilter = (typeof orderFilters)[number];

export const ordersQuery = v.strictObject({
  /** A mail address, or the beginning of an order id, buyer id, request id or trace id; nothing finds all. */
  search: v.optional(
    v.pipe(
      storableLine,
      v.trim(),
      v.regex(
        /^(?:[\w=-]{0,40}|[^\s@]{1,64}@[^\s@]{1,190})$/,
        "must be a mail address, or an order id, buyer id, request id or trace id, or the beginning of one",
      ),
    ),
    "",
  ),
  /**
   * held: open holds, in the order in which they end; no other search finds these. partly_returned: confirmed, with fewer
   * units than it was for.
   */
  state: v.optional(v.picklist(orderFilters, `must be one of ${orderFilters.join(", ")}`)),
  /** The last order of the page before. */
  after: v.optional(orderId),
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,5}$/, "must be a whole number"),
      v.transform(Number),
      v.minValue(1),
      v.maxValue(MAX_PAGE),
    ),
    DEFAULT_PAGE,
  ),
  format: v.optional(v.picklist(["json", "csv"], "must be json or csv"), "json"),
});
export type OrdersQuery = v.InferOutput<typeof ordersQuery>;

/** One row of the merchant's records, or an open hold, which gets its row once it is paid for or has ended. */
export const orderRow = v.object({
  orderId,
  buyerId,
  quantity: count,
  /** Of them, what the buyer has. */
  unitsLeft: count,
  /** Of them, what came back and was taken off sale. */
  unitsWithheld: count,
  place: count,
  /**
   * placed: authorised, and its money is still to be taken. failed: it never came. refunded: returned, and its money was given
   * back. expired, cancelled: it was held, and nobody paid for it.
   */
  state: v.picklist([
    "held",
    "placed",
    "confirmed",
    "rejected",
    "returned",
    "refunded",
    "failed",
    "expired",
    "cancelled",
  ]),
  reason: v.nullable(v.string()),
  /** What the payment provider took for it, and what of that was given back, wherever; in the currency's smallest unit. */
  capturedMinor: count,
  refundedMinor: count,
  reservedAt: instant,
  /** Null while it is held. */
  recordedAt: v.nullable(instant),
  /** Until when it is held; null unless it is. */
  expiresAt: v.nullable(instant),
  requestId: v.string(),
  /** In X-Ray; null for orders that were made where nothing was traced. */
  traceId: v.nullable(v.string()),
});
export type OrderRow = v.InferOutput<typeof orderRow>;

/** A row with who bought and what it costs. */
export const foundOrder = v.object({
  ...orderRow.entries,
  /** What the buyer signed in with; null for roles that may not see it, and where it is not known. */
  buyerEmail: v.nullable(v.string()),
  /** Of one unit, in the currency's smallest unit. */
  priceMinor: count,
  currency: v.string(),
  /** Of the units that the buyer has. */
  totalMinor: count,
});
export type FoundOrder = v.InferOutput<typeof foundOrder>;

/** In the order of their places. `next` goes into `after` for the next page; null: there is none. */
export const orderPage = v.object({ orders: v.array(foundOrder), next: v.nullable(orderId) });
export type OrderPage = v.InferOutput<typeof orderPage>;

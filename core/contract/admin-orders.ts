import * as v from "valibot";
import { buyerId, orderId } from "./ids.ts";
import { count, instant } from "./sale.ts";

export const MAX_PAGE = 10_000;
const DEFAULT_PAGE = "50";

export const orderFilters = ["confirmed", "partly_returned", "returned", "rejected"] as const;
export type OrderFilter = (typeof orderFilters)[number];

export const ordersQuery = v.strictObject({
  /** The beginning of an order id, buyer id, request id or trace id; nothing finds all. */
  search: v.optional(
    v.pipe(
      v.string(),
      v.trim(),
      v.regex(
        /^[\w=-]{0,40}$/,
        "must be an order id, buyer id, request id or trace id, or the beginning of one",
      ),
    ),
    "",
  ),
  /** partly_returned: confirmed, with fewer units than it was for. */
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

/** One row of the merchant's records. */
export const orderRow = v.object({
  orderId,
  buyerId,
  quantity: count,
  /** Of them, what the buyer has. */
  unitsLeft: count,
  /** Of them, what came back and was taken off sale. */
  unitsWithheld: count,
  place: count,
  state: v.picklist(["confirmed", "rejected", "returned"]),
  reason: v.nullable(v.string()),
  reservedAt: instant,
  recordedAt: instant,
  requestId: v.string(),
  /** In X-Ray; null for orders that were made where nothing was traced. */
  traceId: v.nullable(v.string()),
});
export type OrderRow = v.InferOutput<typeof orderRow>;

/** In the order of their ids, which is about that of their reservations. `next` goes into `after` for the next page; null: there is none. */
export const orderPage = v.object({ orders: v.array(orderRow), next: v.nullable(orderId) });
export type OrderPage = v.InferOutput<typeof orderPage>;

import * as v from "valibot";
import { orderId, saleId } from "./ids.ts";
import { picture } from "./picture.ts";
import { count, instant } from "./sale.ts";

/** accepted: in the ledger, can no longer be lost. confirmed: a row in the merchant's records. rejected: with a reason. */
export const orderStates = ["accepted", "confirmed", "rejected"] as const;

export const order = v.object({
  orderId,
  saleId,
  quantity: count,
  /** The buyer's place in the sale's order, from 1, given by the gate. */
  place: count,
  state: v.picklist(orderStates),
  reservedAt: instant,
  /** Why it was rejected; only with the state `rejected`. */
  reason: v.optional(v.string()),
});
export type OrderView = v.InferOutput<typeof order>;

/** What a list of orders across sales says of the sale that each is of. */
const soldAs = v.object({
  name: v.string(),
  /** Of one unit; it cannot change once the sale has begun. */
  priceMinor: count,
  picture: v.nullable(picture),
  currency: v.string(),
});

export const buyerOrder = v.object({ ...order.entries, sale: soldAs });
export type BuyerOrder = v.InferOutput<typeof buyerOrder>;

export const buyerOrdersQuery = v.strictObject({
  /** The `next` of the page before. */
  after: v.optional(saleId),
});

/**
 * All orders of one buyer in some of the sales, newest sale first. `next` goes into `after` for the sales before those;
 * only with null has every sale been looked through, and a page without orders is not the end.
 */
export const buyerOrderPage = v.object({ orders: v.array(buyerOrder), next: v.nullable(saleId) });
export type BuyerOrderPage = v.InferOutput<typeof buyerOrderPage>;

export const orderList = v.object({ orders: v.array(order) });
export type OrderList = v.InferOutput<typeof orderList>;

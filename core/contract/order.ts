import * as v from "valibot";
import { orderId, saleId } from "./ids.ts";
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

export const orderList = v.object({ orders: v.array(order) });
export type OrderList = v.InferOutput<typeof orderList>;

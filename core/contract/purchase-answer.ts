import * as v from "valibot";
import { order } from "./order.ts";

/**
 * 202: accepted now, or held until `expiresAt` and to be paid by then (or a repeat of either). 200: the buyer had their units already; this is their order.
 */
export const purchaseAnswer = v.object({
  outcome: v.picklist(["accepted", "held", "already_bought"]),
  ...order.entries,
});
export type PurchaseAnswer = v.InferOutput<typeof purchaseAnswer>;

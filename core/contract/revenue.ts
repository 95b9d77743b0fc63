import * as v from "valibot";
import { count } from "./sale.ts";

/** What a sale has brought in: its units at their price, which never changes once it has begun. */
export const revenue = v.object({
  currency: v.string(),
  /** In confirmed orders, those that came back later included. */
  soldUnits: count,
  soldMinor: count,
  returnedUnits: count,
  returnedMinor: count,
  /** What is left: sold less returned. */
  netMinor: count,
  /** What the payment provider took, and what of it went back, wherever that was done; 0 of a sale that is paid for elsewhere. */
  capturedMinor: count,
  refundedMinor: count,
});
export type Revenue = v.InferOutput<typeof revenue>;

import * as v from "valibot";
import { saleId } from "./ids.ts";

/** ISO 8601 in UTC with milliseconds, as every time in the API. */
export const instant = v.pipe(
  v.string(),
  v.isoTimestamp("must be an ISO 8601 time such as 2026-11-27T09:00:00.000Z"),
);
export const count = v.pipe(v.number(), v.integer("must be a whole number"), v.minValue(0));

/** Where a sale is now; the page shows one face for each. */
export const phases = ["scheduled", "open", "sold_out", "paused", "recovering", "ended"] as const;
export const phase = v.picklist(phases);
export type Phase = (typeof phases)[number];

/** The live counters; `available + held + sold = allocated`, always. */
export const stock = v.object({ allocated: count, available: count, held: count, sold: count });

/** One sale as shoppers see it. `stock` is null while the gate's counters cannot be trusted (recovering): unknown, not zero. */
export const saleStatus = v.object({
  saleId,
  name: v.string(),
  description: v.string(),
  priceMinor: count,
  currency: v.string(),
  purchaseLimit: count,
  phase,
  startsAt: instant,
  endsAt: v.nullable(instant),
  stock: v.nullable(stock),
  serverTime: instant,
  /** When to ask again, in milliseconds; the server slows the crowd's polling with it. */
  pollAfterMs: count,
});
export type SaleStatus = v.InferOutput<typeof saleStatus>;

export const saleList = v.object({ sales: v.array(saleStatus), serverTime: instant });
export type SaleList = v.InferOutput<typeof saleList>;

import * as v from "valibot";
import { saleId } from "./ids.ts";
import { instant } from "./instant.ts";
import { picture } from "./picture.ts";
import { saleMode } from "./sale-mode.ts";
import { guests } from "./guests.ts";
import { salePayment } from "./sale-payment.ts";
import { saleWithdrawal } from "./sale-withdrawal.ts";

export { instant } from "./instant.ts";

export const count = v.pipe(v.number(), v.integer("must be a whole number"), v.minValue(0));

/** What operators decide; whether units are left or the gate is well is another matter. */
export type SaleState = "running" | "paused" | "ended";

/** Where a sale is now; the page shows one face for each. */
export const phases = ["scheduled", "open", "sold_out", "paused", "recovering", "ended"] as const;
export const phase = v.picklist(phases);
export type Phase = (typeof phases)[number];

/** The live counters; `available + held + sold + withheld = allocated`, always. */
export const stock = v.object({
  allocated: count,
  available: count,
  held: count,
  sold: count,
  withheld: count,
});

/** Attempts that the gate decided, since its keys were made; those answered from an instance's memory never reach it. */
export const attempts = v.object({
  reserved: count,
  soldOut: count,
  alreadyBought: count,
  overLimit: count,
  rateLimited: count,
});
export type Attempts = v.InferOutput<typeof attempts>;

const translation = v.object({ name: v.string(), description: v.string() });
/** By language what it is called and described as there; empty texts, and languages that are missing, are as else. */
export const translations = v.object({ en: v.optional(translation), de: v.optional(translation) });

/** One sale as shoppers see it. `stock` is null while the gate's counters cannot be trusted (recovering): unknown, not zero. */
export const saleStatus = v.object({
  saleId,
  name: v.string(),
  description: v.string(),
  translations,
  priceMinor: count,
  currency: v.string(),
  picture: v.nullable(picture),
  purchaseLimit: count,
  mode: saleMode,
  payment: salePayment,
  withdrawal: saleWithdrawal,
  /** Who may come, and from when those on a tier may. */
  guests,
  phase,
  startsAt: instant,
  endsAt: v.nullable(instant),
  stock: v.nullable(stock),
  serverTime: instant,
  /** When to ask again, in milliseconds; the server slows the crowd's polling with it. */
  pollAfterMs: count,
});
export type SaleStatus = v.InferOutput<typeof saleStatus>;

/** The sales that are open, will be, or ended lately. */
export const saleList = v.object({ sales: v.array(saleStatus), serverTime: instant });
export type SaleList = v.InferOutput<typeof saleList>;

/** Where a page of past sales begins: before a sale, or with the newest. */
export const pastSalesStart = v.union([v.literal("newest"), saleId]);

/** Past sales, newest first. `next` begins the page after; only with null is there none, and a page may be empty. */
export const pastSalePage = v.object({ sales: v.array(saleStatus), next: v.nullable(saleId) });
export type PastSalePage = v.InferOutput<typeof pastSalePage>;

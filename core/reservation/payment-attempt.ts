import * as v from "valibot";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * A try to pay for a held reservation. It is in the ledger before the provider hears of it, so that whoever looks later
 * knows that there may be a payment. One attempt has one amount: all calls for it bear keys made from its number.
 */
export const paymentAttempt = v.object({
  /** From 1. */
  attempt: v.pipe(whole, v.minValue(1)),
  /** Of the whole reservation. */
  amountMinor: whole,
  currency: v.string(),
  openedAtMs: whole,
  /** What is bought, as the provider's page names it, in which language, and where that page leads back to. */
  name: v.string(),
  locale: v.picklist(["en", "de"]),
  returnUrl: v.string(),
});
export type PaymentAttempt = v.InferOutput<typeof paymentAttempt>;

/** The same, with what the provider calls it; null: it has not been told yet, or nobody knows whether it was. */
export type OpenedPayment = PaymentAttempt & { readonly paymentId: string | null };

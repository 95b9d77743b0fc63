import * as v from "valibot";
import { isPayable, paymentCurrencies } from "./payment-currency.ts";

const seconds = "must be a whole number of seconds from 60 to 1800";

/** What buying costs at once. `held`: units are held for so long while they are paid for, and go back on sale if they are not. */
export const salePayment = v.variant(
  "kind",
  [
    v.strictObject({ kind: v.literal("none") }),
    v.strictObject({
      kind: v.literal("held"),
      holdSeconds: v.pipe(
        v.number(seconds),
        v.integer(seconds),
        v.minValue(60, seconds),
        v.maxValue(1_800, seconds),
      ),
    }),
  ],
  "kind must be none or held",
);
export type SalePayment = v.InferOutput<typeof salePayment>;

/** Nothing is taken where nothing is asked for, and no provider takes less than this. */
const LEAST_PRICE_MINOR = 50;

/** What is wrong with a payment for a sale of this price; null: nothing. */
export function wrongPayment(payment: SalePayment, priceMinor: number, currency: string): string | null {
  if (payment.kind === "none") return null;
  if (!isPayable(currency))
    return `is not possible in ${currency}: its currency must be one of ${paymentCurrencies.join(", ")}`;
  return priceMinor < LEAST_PRICE_MINOR
    ? `needs a priceMinor of ${LEAST_PRICE_MINOR} or more: payment providers take no less`
    : null;
}

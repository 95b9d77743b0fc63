import * as v from "valibot";
import { order } from "./order.ts";

export const openPaymentRequest = v.strictObject({
  /** Of the provider's page, and of the page that it leads back to. */
  locale: v.optional(v.picklist(["en", "de"], "must be en or de"), "en"),
});

/** `url`: where to pay, at the payment provider; null: there is nothing to pay any more, and the order says why. */
export const openedPayment = v.object({
  order: v.object(order.entries),
  url: v.nullable(v.string()),
});
export type OpenedPaymentAnswer = v.InferOutput<typeof openedPayment>;

/** The order after its buyer gave up the hold; it may turn out to be paid for. */
export const endedHold = v.object({ order: v.object(order.entries) });

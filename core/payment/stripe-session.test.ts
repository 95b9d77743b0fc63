import type { Stripe } from "stripe";
import { expect, test } from "vitest";
import { newBuyerId, newOrderId, newSaleId } from "../ids.ts";
import { paymentOf } from "./stripe-session.ts";

const saleId = newSaleId(0);
const session = (status: string, intent: string | null) =>
  ({
    id: "cs_1",
    status,
    amount_total: 4_900,
    currency: "eur",
    url: null,
    metadata: { sale_id: saleId, order_id: newOrderId(saleId, 0), buyer_id: newBuyerId(0), attempt: "1" },
    payment_intent: intent && { status: intent, amount_received: 0 },
  }) as unknown as Stripe.Checkout.Session;

test.each([
  ["open", null, "open"],
  ["open", "requires_payment_method", "open"],
  ["expired", null, "cancelled"],
  ["complete", "requires_capture", "authorised"],
  ["complete", "succeeded", "captured"],
  ["complete", "canceled", "cancelled"],
  ["complete", "processing", "open"],
  // Its page is closed: nobody can pay it any more.
  ["complete", "requires_payment_method", "cancelled"],
] as const)("a session that is %s with an intent that is %s is %s", (status, intent, state) => {
  expect(paymentOf(session(status, intent)).state).toBe(state);
});

const charged = (paid: boolean) => {
  const made = session("complete", "canceled");
  Object.assign(made.payment_intent as object, { latest_charge: { paid, refunds: { data: [] } } });
  return made;
};

test("a payment that was let go had been authorised; one whose card was declined had not, nor had one without a charge", () => {
  expect(paymentOf(charged(true)).wasAuthorised).toBe(true);
  expect(paymentOf(charged(false)).wasAuthorised).toBe(false);
  expect(paymentOf(session("expired", null)).wasAuthorised).toBe(false);
});

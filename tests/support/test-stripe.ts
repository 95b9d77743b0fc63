import { afterAll, beforeEach } from "vitest";
import { newBuyerId, newOrderId, newSaleId } from "../../core/ids.ts";
import type { Payment, PaymentTerms, ProviderAnswer } from "../../core/payment/provider.ts";
import { createStripe } from "../../core/payment/stripe.http.ts";
import {
  LOCAL_PAYMENT_KEY,
  LOCAL_WEBHOOK_SECRET,
  startPaymentProvider,
} from "../../local/payment/payment-provider.ts";

/** Where a shopper is led back to. */
export const RETURN_URL = "https://shop.example.com/back";

/** A test file's own stand-in for Stripe, our adapter at it, and what its SDK needs to reach it. */
export async function testStripe() {
  const local = await startPaymentProvider();
  afterAll(() => local.stop());
  beforeEach(() => local.setOutage("none"));
  const { hostname, port } = new URL(local.url);
  return {
    local,
    provider: createStripe({
      key: LOCAL_PAYMENT_KEY,
      webhookSecret: LOCAL_WEBHOOK_SECRET,
      endpoint: local.url,
    }),
    sdkSettings: { host: hostname, port, protocol: "http", telemetry: false } as const,
    /** What a shopper does on the page of a payment. */
    choose: (payment: Payment, choice: string) =>
      fetch(`${local.url}/pay/${payment.paymentId}/${choice}`, { method: "POST", redirect: "manual" }),
    /** Asks while the stand-in is down. */
    down: async <T>(asking: () => Promise<T>): Promise<T> => {
      local.setOutage("errors");
      try {
        return await asking();
      } finally {
        local.setOutage("none");
      }
    },
  };
}

export function newTerms(changes: Partial<PaymentTerms> = {}): PaymentTerms {
  const nowMs = Date.now();
  const saleId = newSaleId(nowMs);
  return {
    saleId,
    orderId: newOrderId(saleId, nowMs),
    buyerId: newBuyerId(nowMs),
    attempt: 1,
    amountMinor: 4_900,
    currency: "EUR",
    openedAtMs: nowMs,
    name: "Lamp",
    locale: "de",
    returnUrl: RETURN_URL,
    ...changes,
  };
}

/** @throws Error when the provider refused. */
export function paid(answer: ProviderAnswer): Payment {
  if (answer.kind !== "payment") throw new Error(`refused: ${answer.why}`);
  return answer.payment;
}

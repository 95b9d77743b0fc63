import { describe, expect, test } from "vitest";
import { LOCAL_PAYMENT_KEY, LOCAL_WEBHOOK_SECRET } from "../../local/payment/payment-provider.ts";
import { signatureOf } from "../../local/payment/webhooks.ts";
import { newTerms } from "../../tests/support/test-stripe.ts";
import { createStripe } from "./stripe.http.ts";

describe("a message of the provider's", () => {
  const provider = createStripe({ key: LOCAL_PAYMENT_KEY, webhookSecret: LOCAL_WEBHOOK_SECRET });
  const terms = newTerms();
  const body = JSON.stringify({
    id: "evt_1",
    object: "event",
    type: "checkout.session.completed",
    data: { object: { metadata: { order_id: terms.orderId, buyer_id: terms.buyerId } } },
  });
  const nowMs = Date.now();
  const signed = signatureOf(body, LOCAL_WEBHOOK_SECRET, nowMs);

  test("one that is signed is a hint about an order", () => {
    expect(provider.readWebhook(body, signed, nowMs)).toEqual({
      kind: "hint",
      hint: { eventId: "evt_1", orderId: terms.orderId, buyerId: terms.buyerId },
    });
  });

  test("one that is about nothing of ours is ignored", () => {
    const other = JSON.stringify({ id: "evt_2", object: "event", type: "x", data: { object: {} } });
    const signature = signatureOf(other, LOCAL_WEBHOOK_SECRET, nowMs);
    expect(provider.readWebhook(other, signature, nowMs)).toEqual({ kind: "ignored" });
  });

  test.each([
    ["a changed body", `${body} `, signed, nowMs],
    ["another secret", body, signatureOf(body, "whsec_other", nowMs), nowMs],
    ["no signature", body, "", nowMs],
    ["an old one", body, signed, nowMs + 301_000],
  ])("forged: %s", (_what, text, signature, atMs) => {
    expect(provider.readWebhook(text, signature, atMs)).toEqual({ kind: "forged" });
  });
});

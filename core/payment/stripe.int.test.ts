import { Stripe } from "stripe";
import { describe, expect, test } from "vitest";
import { LOCAL_PAYMENT_KEY } from "../../local/payment/payment-provider.ts";
import { newTerms, paid, RETURN_URL, testStripe } from "../../tests/support/test-stripe.ts";
import { keyOf, type PaymentTerms } from "./provider.ts";
import { createStripe } from "./stripe.http.ts";

/** A key of a sandbox, by which what needs no browser is asked of Stripe itself. */
const sandboxKey = process.env["STRIPE_SANDBOX_KEY"] ?? "";

const { provider: standIn, sdkSettings } = await testStripe();
const places = [
  {
    name: "the stand-in",
    provider: standIn,
    sdk: new Stripe(LOCAL_PAYMENT_KEY, sdkSettings),
  },
  ...(sandboxKey === ""
    ? []
    : [
        {
          name: "Stripe's sandbox",
          provider: createStripe({ key: sandboxKey, webhookSecret: "whsec_none" }),
          sdk: new Stripe(sandboxKey),
        },
      ]),
];
const return_url = RETURN_URL;

describe.each(places)("$name: a payment's page", ({ provider, sdk }) => {
  const create = async (terms: PaymentTerms) =>
    paid(await provider.create(terms, keyOf(terms.orderId, "create", terms.attempt)));

  test("a payment knows its order, its amount, and where it is paid", async () => {
    const terms = newTerms();
    const payment = await create(terms);
    const { saleId, orderId, buyerId, attempt, amountMinor, currency } = terms;
    expect(payment).toMatchObject({ saleId, orderId, buyerId, attempt, amountMinor, currency });
    expect(payment).toMatchObject({ state: "open", capturedMinor: 0, refundedMinor: 0 });
    expect(payment.url).toMatch(/^http/);
    expect(paid(await provider.get(payment.paymentId))).toEqual(payment);
  });

  test("a key makes one payment, and none from other terms", async () => {
    const terms = newTerms();
    const payment = await create(terms);
    expect((await create(terms)).paymentId).toBe(payment.paymentId);
    await expect(create({ ...terms, amountMinor: 1_000 })).rejects.toThrow("same parameters");
  });

  test("what is cancelled can't be paid any more, nor cancelled again", async () => {
    const payment = await create(newTerms());
    const cancelled = paid(await provider.cancel(payment));
    expect(cancelled).toMatchObject({ state: "cancelled", url: null });
    expect(await provider.cancel(payment)).toEqual({ kind: "refused", why: "conflict" });
  });

  test("a payment that there is none of is missing", async () => {
    expect(await provider.get("cs_test_none")).toEqual({ kind: "refused", why: "missing" });
  });

  test("money: authorised, captured, given back in parts, never more", async () => {
    const intent = await sdk.paymentIntents.create({
      amount: 4_900,
      currency: "eur",
      capture_method: "manual",
    });
    const confirmed = await sdk.paymentIntents.confirm(intent.id, {
      payment_method: "pm_card_visa",
      return_url,
    });
    expect(confirmed).toMatchObject({ status: "requires_capture", amount_capturable: 4_900 });
    const captured = await sdk.paymentIntents.capture(intent.id);
    expect(captured).toMatchObject({ status: "succeeded", amount_received: 4_900 });
    await expect(sdk.paymentIntents.capture(intent.id)).rejects.toMatchObject({
      code: "payment_intent_unexpected_state",
    });
    const refund = await sdk.refunds.create({ payment_intent: intent.id, amount: 900 });
    expect(refund).toMatchObject({ status: "succeeded", amount: 900 });
    await expect(sdk.refunds.create({ payment_intent: intent.id, amount: 4_001 })).rejects.toMatchObject({
      type: "StripeInvalidRequestError",
    });
    await sdk.refunds.create({ payment_intent: intent.id, amount: 100 });
    const listed = await sdk.refunds.list({ payment_intent: intent.id, limit: 100 });
    expect(listed.data.map(({ amount }) => amount)).toEqual([100, 900]);
    const first = await sdk.refunds.list({ payment_intent: intent.id, limit: 1 });
    expect([first.has_more, first.data.length]).toEqual([true, 1]);
    const shown = await sdk.paymentIntents.retrieve(intent.id, { expand: ["latest_charge.refunds"] });
    const charge = shown.latest_charge as Stripe.Charge;
    expect([charge.amount_refunded, charge.refunds?.data.map(({ amount }) => amount)]).toEqual([
      1_000,
      [100, 900],
    ]);
  });

  test.each([
    ["pm_card_pendingRefund", "pending"],
    ["pm_card_refundFail", "succeeded"],
  ])("a refund of %s is %s at first", async (card, status) => {
    const intent = await sdk.paymentIntents.create({
      amount: 900,
      currency: "eur",
      capture_method: "manual",
    });
    await sdk.paymentIntents.confirm(intent.id, { payment_method: card, return_url });
    await sdk.paymentIntents.capture(intent.id);
    const refund = await sdk.refunds.create({ payment_intent: intent.id, amount: 900 });
    expect(refund).toMatchObject({ status, amount: 900, payment_intent: intent.id });
  });

  test("money that was let go can't be taken", async () => {
    const intent = await sdk.paymentIntents.create({
      amount: 100,
      currency: "eur",
      capture_method: "manual",
    });
    await sdk.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa", return_url });
    expect(await sdk.paymentIntents.cancel(intent.id)).toMatchObject({ status: "canceled" });
    await expect(sdk.paymentIntents.capture(intent.id)).rejects.toMatchObject({
      code: "payment_intent_unexpected_state",
    });
  });

  test("a card that is declined, and one that asks who pays", async () => {
    const fields = { amount: 100, currency: "eur" };
    const first = await sdk.paymentIntents.create(fields);
    const declining = sdk.paymentIntents.confirm(first.id, {
      payment_method: "pm_card_chargeDeclined",
      return_url,
    });
    await expect(declining).rejects.toMatchObject({ type: "StripeCardError", code: "card_declined" });
    const second = await sdk.paymentIntents.create(fields);
    const asked = await sdk.paymentIntents.confirm(second.id, {
      payment_method: "pm_card_authenticationRequired",
      return_url,
    });
    expect(asked.status).toBe("requires_action");
  });
});

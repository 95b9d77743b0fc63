import { Stripe } from "stripe";
import { describe, expect, test } from "vitest";
import { LOCAL_PAYMENT_KEY } from "../../local/payment/payment-provider.ts";
import { newTerms, paid, testStripe } from "../../tests/support/test-stripe.ts";
import { keyOf, type Payment } from "./provider.ts";
import { createStripe } from "./stripe.http.ts";

const { local, provider, sdkSettings, choose, down } = await testStripe();
const sdk = new Stripe(LOCAL_PAYMENT_KEY, sdkSettings);
const newPayment = async (terms = newTerms()) =>
  paid(await provider.create(terms, keyOf(terms.orderId, "create", terms.attempt)));
const read = async ({ paymentId }: Payment) => paid(await provider.get(paymentId));

describe("the stand-in's page", () => {
  test("who pays is led back; the money is authorised, then captured, then given back", async () => {
    const payment = await newPayment();
    const answer = await choose(payment, "pay");
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "https://shop.example.com/back"]);
    const authorised = await read(payment);
    expect(authorised).toMatchObject({ state: "authorised", capturedMinor: 0, url: null });
    const captured = paid(await provider.capture(authorised));
    expect(captured).toMatchObject({ state: "captured", capturedMinor: 4_900 });
    expect(await provider.capture(authorised)).toEqual({ kind: "refused", why: "conflict" });
    const key = keyOf(payment.orderId, "refund", 1);
    const given = paid(await provider.refund(captured, 4_900, key));
    expect(given).toMatchObject({ state: "captured", refundedMinor: 4_900 });
    expect(paid(await provider.refund(captured, 4_900, key))).toEqual(given);
  });

  test("an open payment that was paid meanwhile is no more to be cancelled as one: conflict", async () => {
    const payment = await newPayment();
    await choose(payment, "pay");
    expect(await provider.cancel(payment)).toEqual({ kind: "refused", why: "conflict" });
    const authorised = await read(payment);
    const released = await provider.cancel(authorised);
    expect(paid(released).state).toBe("cancelled");
  });

  test("declined, asked who pays, refused, approved", async () => {
    const payment = await newPayment();
    expect(await (await choose(payment, "decline")).text()).toContain("Your card was declined.");
    expect((await read(payment)).state).toBe("open");
    expect(await (await choose(payment, "authenticate")).text()).toContain("Is it you?");
    expect((await read(payment)).state).toBe("open");
    expect(await (await choose(payment, "refuse")).text()).toContain("Your card was declined.");
    await choose(payment, "authenticate");
    expect((await choose(payment, "approve")).status).toBe(303);
    expect((await read(payment)).state).toBe("authorised");
  });

  test("a bank that does not hand over what it authorised", async () => {
    const payment = await newPayment();
    await choose(payment, "uncapturable");
    const authorised = await read(payment);
    const capture = provider.capture(authorised);
    expect(await capture).toEqual({ kind: "refused", why: "declined" });
    expect((await read(payment)).state).toBe("authorised");
  });

  test("after its end nobody can pay", async () => {
    const payment = await newPayment();
    await provider.cancel(payment);
    expect(await (await choose(payment, "pay")).text()).toContain("Too late to pay");
    expect((await read(payment)).state).toBe("cancelled");
  });

  test("an unknown route is a loud 404, an unknown parameter a 400, a wrong key a 401", async () => {
    await expect(sdk.customers.list()).rejects.toMatchObject({ statusCode: 404 });
    const odd = { amount: 100, currency: "eur", setup_future_usage: "off_session" } as const;
    await expect(sdk.paymentIntents.create(odd)).rejects.toMatchObject({ code: "parameter_unknown" });
    const stranger = createStripe({ key: "sk_other", webhookSecret: "whsec", endpoint: local.url });
    await expect(stranger.get("cs_test_none")).rejects.toThrow("Invalid API Key");
  });

  test("a provider that is down, silent or busy is told apart from one that refuses", async () => {
    const payment = await newPayment();
    local.setOutage("errors");
    expect(await provider.get(payment.paymentId)).toEqual({ kind: "refused", why: "unavailable" });
    local.setOutage("rate_limited");
    expect(await provider.get(payment.paymentId)).toEqual({ kind: "refused", why: "rate_limited" });
  });

  test("a key that another request uses at this moment is no defect of ours: asking again later is right", async () => {
    local.setOutage("key_in_use");
    const terms = newTerms();
    const key = keyOf(terms.orderId, "create", terms.attempt);
    expect(await provider.create(terms, key)).toEqual({ kind: "refused", why: "unavailable" });
  });
});

/** The very call that a step makes, answered with an error that is kept. */
async function breakStep({ paymentId }: Payment, step: "capture" | "refund", key: string): Promise<void> {
  const intent = local.books().sessions.find(({ id }) => id === paymentId)!.intent!;
  const options = { idempotencyKey: key, maxNetworkRetries: 0 };
  const breaking: () => Promise<unknown> =
    step === "capture"
      ? () => sdk.paymentIntents.capture(intent, {}, options)
      : () => sdk.refunds.create({ payment_intent: intent, amount: 4_900, metadata: { key } }, options);
  await expect(down(breaking)).rejects.toMatchObject({ statusCode: 500 });
}

describe("a provider that keeps its errors under their keys for a day", () => {
  const unavailable = { kind: "refused", why: "unavailable" };

  test("is asked anew: for a payment", async () => {
    const terms = newTerms();
    const create = () => provider.create(terms, keyOf(terms.orderId, "create", 1));
    for (let time = 0; time < 3; time++) expect(await down(create)).toEqual(unavailable);
    const made = paid(await create());
    expect(paid(await create()).paymentId).toBe(made.paymentId);
  });

  test("is asked anew: to end one, to take its money, to let it go, to give it back", async () => {
    const open = await newPayment();
    const end = (payment: Payment) => provider.cancel(payment);
    expect(await down(() => end(open))).toEqual(unavailable);
    expect(paid(await end(open)).state).toBe("cancelled");

    const first = await newPayment();
    await choose(first, "pay");
    const unwanted = await read(first);
    expect(await down(() => end(unwanted))).toEqual(unavailable);
    expect(paid(await end(unwanted)).state).toBe("cancelled");

    const second = await newPayment();
    await choose(second, "pay");
    const kept = await read(second);
    // What breaks is the step itself, not the look before it.
    await breakStep(second, "capture", `${second.orderId}:capture:1`);
    const captured = paid(await provider.capture(kept));
    expect(captured.state).toBe("captured");
    const key = keyOf(second.orderId, "refund", 1);
    await breakStep(second, "refund", key);
    const refund = () => provider.refund(captured, 4_900, key);
    expect(paid(await refund()).refundedMinor).toBe(4_900);
    expect(paid(await refund()).refundedMinor).toBe(4_900);
  });

  test("a refund is seen with its payment: by its key, or by none if it was made elsewhere", async () => {
    const payment = await newPayment();
    await choose(payment, "refunds_pending");
    const captured = paid(await provider.capture(await read(payment)));
    const key = keyOf(payment.orderId, "refund", 4);
    const given = paid(await provider.refund(captured, 900, key));
    expect(given.refunds).toMatchObject([{ key, amountMinor: 900, state: "pending" }]);
    local.endRefund(given.refunds[0]!.id, "succeeded");
    const intent = local.books().sessions.find(({ id }) => id === payment.paymentId)!.intent!;
    for (let time = 0; time < 11; time++) await sdk.refunds.create({ payment_intent: intent, amount: 10 });
    // More than come with a charge.
    const seen = await read(payment);
    expect(seen.refunds).toHaveLength(12);
    expect(seen.refunds[0]).toMatchObject({ key, state: "succeeded" });
    expect(seen.refunds.at(-1)).toMatchObject({ key: null, amountMinor: 10, state: "pending" });
    expect(seen.refundedMinor).toBe(1_010);
    const { orderId, buyerId } = payment;
    const { refunds: lately } = await provider.refundedSince(Date.now() - 60_000, null);
    expect(lately.filter((refund) => refund.orderId === orderId)).toHaveLength(12);
    for (const made of [key, null])
      expect(lately).toContainEqual(expect.objectContaining({ orderId, buyerId, key: made }));
    expect(await provider.refundedSince(Date.now() + 60_000, null)).toEqual({ refunds: [], next: null });
  });

  test("a key under which another amount was asked for gives the new amount, once", async () => {
    const payment = await newPayment();
    await choose(payment, "pay");
    const captured = paid(await provider.capture(await read(payment)));
    const key = keyOf(payment.orderId, "refund", 4);
    const intent = local.books().sessions.find(({ id }) => id === payment.paymentId)!.intent!;
    const asked = () =>
      sdk.refunds.create(
        { payment_intent: intent, amount: 2_000, metadata: { key } },
        { idempotencyKey: key, maxNetworkRetries: 0 },
      );
    await expect(down(asked)).rejects.toMatchObject({ statusCode: 500 });
    const refund = () => provider.refund(captured, 900, key);
    expect(paid(await refund()).refundedMinor).toBe(900);
    expect(paid(await refund()).refundedMinor).toBe(900);
  });

  test("what the shopper's bank did not take back is given back again", async () => {
    const payment = await newPayment();
    await choose(payment, "pay");
    const captured = paid(await provider.capture(await read(payment)));
    const key = keyOf(payment.orderId, "refund", 1);
    const refund = () => provider.refund(captured, 4_900, key);
    expect(paid(await refund()).refundedMinor).toBe(4_900);
    local.failRefunds(local.books().sessions.find(({ id }) => id === payment.paymentId)!.intent!);
    expect((await read(payment)).refundedMinor).toBe(0);
    expect(paid(await refund()).refundedMinor).toBe(4_900);
    expect(paid(await refund()).refundedMinor).toBe(4_900);
  });
});

import { Stripe } from "stripe";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import {
  LOCAL_PAYMENT_KEY,
  LOCAL_WEBHOOK_SECRET,
  startPaymentProvider,
} from "../../local/payment/payment-provider.ts";
import { signatureOf } from "../../local/payment/webhooks.ts";
import { newBuyerId, newOrderId, newSaleId } from "../ids.ts";
import { keyOf, type Payment, type PaymentTerms, type ProviderAnswer } from "./provider.ts";
import { createStripe } from "./stripe.http.ts";

/** A key of a sandbox, by which what needs no browser is asked of Stripe itself. */
const sandboxKey = process.env["STRIPE_SANDBOX_KEY"] ?? "";

const local = await startPaymentProvider();
afterAll(() => local.stop());
beforeEach(() => local.setOutage("none"));
const { hostname, port } = new URL(local.url);
const places = [
  {
    name: "the stand-in",
    provider: createStripe({
      key: LOCAL_PAYMENT_KEY,
      webhookSecret: LOCAL_WEBHOOK_SECRET,
      endpoint: local.url,
    }),
    sdk: new Stripe(LOCAL_PAYMENT_KEY, { host: hostname, port, protocol: "http", telemetry: false }),
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

const return_url = "https://shop.example.com/back";

function newTerms(changes: Partial<PaymentTerms> = {}): PaymentTerms {
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
    returnUrl: return_url,
    ...changes,
  };
}

function paid(answer: ProviderAnswer): Payment {
  if (answer.kind !== "payment") throw new Error(`refused: ${answer.why}`);
  return answer.payment;
}

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

const choose = (payment: Payment, choice: string) =>
  fetch(`${local.url}/pay/${payment.paymentId}/${choice}`, { method: "POST", redirect: "manual" });

describe("the stand-in's page", () => {
  const { provider } = places[0]!;
  const create = async (terms = newTerms()) =>
    paid(await provider.create(terms, keyOf(terms.orderId, "create", terms.attempt)));
  const read = async ({ paymentId }: Payment) => paid(await provider.get(paymentId));

  test("who pays is led back; the money is authorised, then captured, then given back", async () => {
    const payment = await create();
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
    const payment = await create();
    await choose(payment, "pay");
    expect(await provider.cancel(payment)).toEqual({ kind: "refused", why: "conflict" });
    const authorised = await read(payment);
    const released = await provider.cancel(authorised);
    expect(paid(released).state).toBe("cancelled");
  });

  test("declined, asked who pays, refused, approved", async () => {
    const payment = await create();
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
    const payment = await create();
    await choose(payment, "uncapturable");
    const authorised = await read(payment);
    const capture = provider.capture(authorised);
    expect(await capture).toEqual({ kind: "refused", why: "declined" });
    expect((await read(payment)).state).toBe("authorised");
  });

  test("after its end nobody can pay", async () => {
    const payment = await create();
    await provider.cancel(payment);
    expect(await (await choose(payment, "pay")).text()).toContain("Too late to pay");
    expect((await read(payment)).state).toBe("cancelled");
  });

  test("an unknown route is a loud 404, an unknown parameter a 400, a wrong key a 401", async () => {
    const { sdk } = places[0]!;
    await expect(sdk.customers.list()).rejects.toMatchObject({ statusCode: 404 });
    const odd = { amount: 100, currency: "eur", setup_future_usage: "off_session" } as const;
    await expect(sdk.paymentIntents.create(odd)).rejects.toMatchObject({ code: "parameter_unknown" });
    const stranger = createStripe({ key: "sk_other", webhookSecret: "whsec", endpoint: local.url });
    await expect(stranger.get("cs_test_none")).rejects.toThrow("Invalid API Key");
  });

  test("a provider that is down, silent or busy is told apart from one that refuses", async () => {
    const payment = await create();
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

async function down<T>(asking: () => Promise<T>): Promise<T> {
  local.setOutage("errors");
  try {
    return await asking();
  } finally {
    local.setOutage("none");
  }
}

describe("a provider that keeps its errors under their keys for a day", () => {
  const { provider } = places[0]!;
  const unavailable = { kind: "refused", why: "unavailable" };
  const newPayment = async (terms = newTerms()) =>
    paid(await provider.create(terms, keyOf(terms.orderId, "create", 1)));
  const read = async ({ paymentId }: Payment) => paid(await provider.get(paymentId));

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

  /** The very call that a step makes, answered with an error that is kept. */
  async function breakStep({ paymentId }: Payment, step: "capture" | "refund", key: string): Promise<void> {
    const intent = local.books().sessions.find(({ id }) => id === paymentId)!.intent!;
    const { sdk } = places[0]!;
    const options = { idempotencyKey: key, maxNetworkRetries: 0 };
    const breaking: () => Promise<unknown> =
      step === "capture"
        ? () => sdk.paymentIntents.capture(intent, {}, options)
        : () => sdk.refunds.create({ payment_intent: intent, amount: 4_900, metadata: { key } }, options);
    await expect(down(breaking)).rejects.toMatchObject({ statusCode: 500 });
  }

  test("a refund is seen with its payment: by its key, or by none if it was made elsewhere", async () => {
    const payment = await newPayment();
    await choose(payment, "refunds_pending");
    const captured = paid(await provider.capture(await read(payment)));
    const key = keyOf(payment.orderId, "refund", 4);
    const given = paid(await provider.refund(captured, 900, key));
    expect(given.refunds).toMatchObject([{ key, amountMinor: 900, state: "pending" }]);
    local.endRefund(given.refunds[0]!.id, "succeeded");
    const intent = local.books().sessions.find(({ id }) => id === payment.paymentId)!.intent!;
    const { sdk } = places[0]!;
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
    const { sdk } = places[0]!;
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

describe("messages", () => {
  const { provider } = places[0]!;
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

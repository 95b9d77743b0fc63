import { afterAll, describe, expect, test } from "vitest";
import {
  LOCAL_PAYMENT_KEY,
  LOCAL_WEBHOOK_SECRET,
  startPaymentProvider,
} from "../../local/payment/payment-provider.ts";
import { newBuyerId, newOrderId, newSaleId } from "../ids.ts";
import { keyOf, type Payment, type PaymentProvider, type PaymentTerms } from "./provider.ts";
import { createStripe } from "./stripe.http.ts";
import { createTestPayer } from "./test-payer.http.ts";

/** A key of a sandbox, by which Stripe itself is asked. */
const sandboxKey = process.env["STRIPE_SANDBOX_KEY"] ?? "";
const local = await startPaymentProvider();
afterAll(() => local.stop());
const places = [
  {
    name: "the stand-in",
    settings: { key: LOCAL_PAYMENT_KEY, webhookSecret: LOCAL_WEBHOOK_SECRET, endpoint: local.url },
  },
  ...(sandboxKey === ""
    ? []
    : [{ name: "Stripe's sandbox", settings: { key: sandboxKey, webhookSecret: "whsec_none" } }]),
];

async function create(provider: PaymentProvider, changes: Partial<PaymentTerms> = {}): Promise<Payment> {
  const nowMs = Date.now();
  const saleId = newSaleId(nowMs);
  const orderId = newOrderId(saleId, nowMs);
  const terms: PaymentTerms = {
    saleId,
    orderId,
    buyerId: newBuyerId(nowMs),
    attempt: 1,
    amountMinor: 100,
    currency: "XTS",
    openedAtMs: nowMs,
    name: "Lamp",
    locale: "en",
    returnUrl: "https://shop.example.com/back",
    ...changes,
  };
  const answer = await provider.create(terms, keyOf(orderId, "create", 1));
  if (answer.kind !== "payment") throw new Error(answer.why);
  return answer.payment;
}

describe.each(places)("$name: a payment for tests", ({ settings }) => {
  const provider = createStripe(settings);
  const payer = createTestPayer(settings);
  const read = async (id: string) => {
    const answer = await provider.get(id);
    return answer.kind === "payment" ? answer.payment : null;
  };

  test("is paid without a browser, after a card that is declined, and told in its own currency", async () => {
    const payment = await create(provider);
    expect(payment).toMatchObject({ currency: "XTS", amountMinor: 100, state: "open" });
    expect(await payer.pay(payment.paymentId, "declined")).toBe("declined");
    expect(await read(payment.paymentId)).toMatchObject({ state: "open" });
    expect(await payer.pay(payment.paymentId, "good")).toBe("paid");
    expect(await payer.pay(payment.paymentId, "good")).toBe("paid");
    const authorised = (await read(payment.paymentId))!;
    expect(authorised).toMatchObject({ currency: "XTS", state: "authorised" });
    await provider.capture(authorised);
    expect(await read(payment.paymentId)).toMatchObject({ state: "captured", capturedMinor: 100 });
  });

  test("that was ended is not paid", async () => {
    const payment = await create(provider);
    await provider.cancel(payment);
    expect(await payer.pay(payment.paymentId, "good")).toBe("over");
  });

  test("is found by the provider's books, with what became of it", async () => {
    const sinceMs = Date.now() - 1_000;
    const [paid, open] = [await create(provider), await create(provider, { currency: "EUR" })];
    await payer.pay(paid.paymentId, "good");
    const { payments, next } = await provider.madeSince(sinceMs, null);
    const stateOf = (id: string) => payments.find(({ paymentId }) => paymentId === id)?.state;
    expect([stateOf(paid.paymentId), stateOf(open.paymentId)]).toEqual(["authorised", "open"]);
    expect(next).toBeNull();
    const after = await provider.madeSince(sinceMs, open.paymentId);
    expect(after.payments.map(({ paymentId }) => paymentId)).not.toContain(open.paymentId);
    expect((await provider.madeSince(Date.now() + 60_000, null)).payments).toEqual([]);
  });
});

test("with a key that takes real money nothing for tests is made, and nothing is paid by a machine", async () => {
  const live = { key: "sk_live_anything", webhookSecret: LOCAL_WEBHOOK_SECRET, endpoint: local.url };
  expect(() => createTestPayer(live)).toThrow("takes real money");
  const before = local.books().sessions.length;
  await expect(create(createStripe(live))).rejects.toThrow("takes real money");
  expect(local.books().sessions).toHaveLength(before);
});

import { Stripe } from "stripe";
import { hostOf, type StripeSettings } from "./stripe.http.ts";
import { isTestKey } from "./test-mode.ts";

const TIME_LIMIT_MS = 8_000;

/** By the tokens that Stripe keeps for tests. https://docs.stripe.com/testing */
const cards = { good: "tok_visa", declined: "tok_chargeDeclined" } as const;
export type TestCard = keyof typeof cards;

/** Stripe's page asks for both; neither is anybody's. */
const nobody = {
  name: "Nobody",
  email: "nobody@example.com",
  address: { line1: "1 Example Street", city: "Dublin", postal_code: "D02 X285", country: "IE" },
};

/** over: the page can't be paid any more. */
export type PaidByTest = "paid" | "declined" | "over";

export type TestPayer = {
  /** Pays on the page of a payment, as a person with a test card would. @throws when the provider does not answer: asking again is right. */
  pay(paymentId: string, card: TestCard): Promise<PaidByTest>;
};

/**
 * Pays on the provider's page without a browser, in its test mode: as Stripe's own command line does to have a session completed
 * (`stripe trigger checkout.session.completed`).
 *
 * @throws Error with a key that is not of the test mode, and for a payment that is live: nobody's money is moved by a machine.
 */
export function createTestPayer({ key, endpoint }: StripeSettings): TestPayer {
  if (!isTestKey(key))
    throw new Error("pays in the provider's test mode alone, and this key takes real money");
  const stripe = new Stripe(key, {
    timeout: TIME_LIMIT_MS,
    telemetry: false,
    ...(endpoint !== undefined && hostOf(endpoint)),
  });
  const read = async (id: string) => {
    const session = await stripe.checkout.sessions.retrieve(id);
    if (session.livemode) throw new Error(`${id} is no payment of the test mode`);
    return session;
  };
  return {
    async pay(id, card) {
      const { status, amount_total } = await read(id);
      if (status !== "open") return status === "complete" ? "paid" : "over";
      const method = await stripe.paymentMethods.create({
        type: "card",
        card: { token: cards[card] },
        billing_details: nobody,
      });
      try {
        await stripe.rawRequest("POST", `/v1/payment_pages/${id}/confirm`, {
          payment_method: method.id,
          expected_amount: amount_total,
        });
        return "paid";
      } catch (error) {
        if (error instanceof Stripe.errors.StripeCardError) return "declined";
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
        // Its first try was not answered and had paid, or the hold ended meanwhile.
        const after = await read(id);
        if (after.status === "open") throw error;
        return after.status === "complete" ? "paid" : "over";
      }
    },
  };
}

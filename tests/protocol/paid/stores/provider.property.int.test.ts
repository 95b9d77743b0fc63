import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Payment, PaymentTerms, ProviderAnswer } from "../../../../core/payment/provider.ts";
import { createStripe } from "../../../../core/payment/stripe.http.ts";
import {
  LOCAL_PAYMENT_KEY,
  LOCAL_WEBHOOK_SECRET,
  startPaymentProvider,
} from "../../../../local/payment/payment-provider.ts";
import { aReservation } from "../../../support/test-reservation.ts";
import { allRules } from "../../rules.ts";
import { type Answer, providerOperations } from "./provider.ts";
import { ASKED, type AtProvider, emptyProvider, heldLedger, type Provider } from "./stores.ts";

const standIn = await startPaymentProvider();
afterAll(() => standIn.stop());
const stripe = createStripe({
  key: LOCAL_PAYMENT_KEY,
  webhookSecret: LOCAL_WEBHOOK_SECRET,
  endpoint: standIn.url,
});
const operations = providerOperations(allRules);

const step = fc.record({
  does: fc.constantFrom("create", "get", "pay", "cancel", "capture", "refund"),
  attempt: fc.integer({ min: 1, max: 2 }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const modelled = ({ state, refundedMinor }: Payment) => ({ is: state, isRefunded: refundedMinor > 0 });
const plain = ({ is, isRefunded }: AtProvider) => ({ is, isRefunded });
const answerOf = (answer: ProviderAnswer) =>
  answer.kind === "payment" ? { kind: "payment", payment: modelled(answer.payment) } : answer;
const modelledAnswer = (answer: Answer) =>
  answer.kind === "payment" ? { kind: "payment", payment: plain(answer.payment) } : answer;

/** Both providers, and what was last read of each attempt: whoever calls goes by that. */
class BothProviders {
  readonly #order = aReservation();
  readonly #seen = new Map<number, Payment>();
  #model: Provider;

  constructor(isBankWilling: boolean) {
    this.#model = { ...emptyProvider, isBankWilling };
  }

  async step({ does, attempt }: Step): Promise<void> {
    const seen = this.#seen.get(attempt);
    if (does === "create") return this.#create(attempt);
    if (!seen) return;
    const id = String(attempt);
    switch (does) {
      case "get":
        expect(modelled(await this.#read(attempt))).toEqual(plain(this.#run("get", id) as AtProvider));
        return;
      case "pay":
        return this.#pay(seen, id);
      case "cancel":
        if (seen.state !== "open" && seen.state !== "authorised") return;
        return this.#compare(attempt, await stripe.cancel(seen), "cancel", { attempt: id, from: seen.state });
      case "capture":
        // A payment that nobody has made has nothing to take.
        if (seen.state === "open" || (seen.state === "cancelled" && !this.#isPaid(seen))) return;
        return this.#compare(attempt, await stripe.capture(seen), "capture", id);
      case "refund":
        if (seen.state !== "captured") return;
        return this.#compare(
          attempt,
          await stripe.refund(seen, ASKED.amountMinor, `${seen.orderId}:refund:1`),
          "refund",
          id,
        );
    }
  }

  async #create(attempt: number): Promise<void> {
    const { saleId, orderId, buyerId } = this.#order;
    const terms: PaymentTerms = {
      saleId,
      orderId,
      buyerId,
      attempt,
      ...ASKED,
      openedAtMs: 1,
      name: "Sneaker",
      locale: "en",
      returnUrl: "https://shop.example.com/back",
    };
    const answer = await stripe.create(terms, `${orderId}:create:${attempt}`);
    // A repeated key is answered as the first time: the payment is read to see how it is now.
    this.#run("create", String(attempt));
    if (answer.kind !== "payment") throw new Error(answer.why);
    this.#seen.set(attempt, answer.payment);
    await this.step({ does: "get", attempt });
  }

  /** As a person does on the provider's page; a bank that hands over nothing has a card of its own there. */
  async #pay({ paymentId }: Payment, attempt: string): Promise<void> {
    const choice = this.#model.isBankWilling ? "pay" : "uncapturable";
    const page = await fetch(`${standIn.url}/pay/${paymentId}/${choice}`, {
      method: "POST",
      redirect: "manual",
    });
    const [made] = operations.pay.run(attempt, this.#model as never, heldLedger as never);
    this.#model = made!.next[0] as Provider;
    expect(page.status === 303).toBe(made!.reply);
  }

  #isPaid = ({ paymentId }: Payment): boolean =>
    standIn.books().sessions.some(({ id, intent }) => id === paymentId && intent !== null);

  async #read(attempt: number): Promise<Payment> {
    const answer = await stripe.get(this.#seen.get(attempt)!.paymentId);
    if (answer.kind !== "payment") throw new Error(answer.why);
    this.#seen.set(attempt, answer.payment);
    return answer.payment;
  }

  async #compare(
    attempt: number,
    real: ProviderAnswer,
    name: "cancel" | "capture" | "refund",
    args: unknown,
  ) {
    expect(answerOf(real)).toEqual(modelledAnswer(this.#run(name, args) as Answer));
    await this.step({ does: "get", attempt });
  }

  #run(name: "create" | "get" | "cancel" | "capture" | "refund", args: unknown): unknown {
    const [made] = operations[name].run(args as never, this.#model as never);
    this.#model = made!.next[0] as Provider;
    return made!.reply;
  }
}

test("the explorer's provider answers what the stand-in answers to the real SDK", async () => {
  const property = fc.asyncProperty(
    fc.array(step, { maxLength: 20, size: "max" }),
    fc.boolean(),
    async (steps, isBankWilling) => {
      const both = new BothProviders(isBankWilling);
      for (const each of steps) await both.step(each);
    },
  );
  await fc.assert(property, { numRuns: 25 });
}, 60_000);

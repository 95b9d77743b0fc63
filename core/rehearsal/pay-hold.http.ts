import { setTimeout as sleep } from "node:timers/promises";
import { callSite } from "../canary/call-site.http.ts";
import type { OpenedPaymentAnswer } from "../contract/payment.ts";
import type { OrderId } from "../ids.ts";
import type { TestPayer } from "../payment/test-payer.http.ts";
import { testPaymentIn } from "../payment/test-mode.ts";
import type { Person } from "./send-crowd.http.ts";
import type { Holder } from "./terms.ts";

const ASK_AGAIN_MS = 1_000;
const TIME_LIMIT_MS = 15_000;

export type Holding = {
  readonly siteUrl: string;
  readonly payer: TestPayer;
  readonly person: Person;
  readonly orderId: OrderId;
  readonly holder: Holder;
  /** Whoever has not paid by then, by the clock of `performance`, gives up. */
  readonly untilMs: number;
};

/**
 * Does about a hold what somebody does: asks the shop where to pay, pays there, and comes back as their browser would. @returns whether
 * the provider took their card.
 */
export async function payHold(holding: Holding): Promise<boolean> {
  const { holder, payer, siteUrl, person, orderId } = holding;
  if (holder === "never_opens") return false;
  const url = await again(holding, () => whereToPay(holding));
  if (url === null || url === undefined || holder === "opens_and_leaves") return false;
  const paymentId = testPaymentIn(url);
  if (paymentId === null) throw new Error(`${orderId} is not paid in the provider's test mode`);
  if (holder === "declined_first") await again(holding, () => payer.pay(paymentId, "declined"));
  const hasPaid = (await again(holding, () => payer.pay(paymentId, "good"))) === "paid";
  const back = `${siteUrl}/plain/en/return/${orderId}?buyer=${person.buyerId}&to=page`;
  // What nobody looks at now is looked at when the provider's message comes, or by whoever takes up what was left.
  if (hasPaid)
    await fetch(back, { redirect: "manual", signal: AbortSignal.timeout(TIME_LIMIT_MS) }).catch(() => null);
  return hasPaid;
}

/** Null: there is nothing to pay any more. */
async function whereToPay({ siteUrl, person, orderId }: Holding): Promise<string | null> {
  const route = `POST /api/sale/order/${orderId}/payment`;
  return (await callSite<OpenedPaymentAnswer>(siteUrl, route, { token: person.token, body: {} })).url;
}

/** Until it is answered, or refused for good, or too late: undefined. */
async function again<T>({ untilMs }: Holding, ask: () => Promise<T>): Promise<T | undefined> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const isRefused = / answered 4(?!29)\d\d:/.test((error as Error).message);
      if (isRefused || performance.now() + ASK_AGAIN_MS > untilMs) return undefined;
      await sleep(ASK_AGAIN_MS);
    }
  }
}

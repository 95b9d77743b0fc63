import type { Stripe } from "stripe";
import type { PaymentPage } from "./provider.ts";
import { EXPAND, isOurs, paymentOf } from "./stripe-session.ts";

/** Stripe's largest page. */
const MOST = 100;

/** A page of the sessions that were made since then, newest first. https://docs.stripe.com/api/checkout/sessions/list */
export async function pageOfPayments(
  sessions: Stripe["checkout"]["sessions"],
  sinceMs: number,
  after: string | null,
): Promise<PaymentPage> {
  const page = await sessions.list({
    created: { gte: Math.floor(sinceMs / 1000) },
    limit: MOST,
    expand: EXPAND.map((path) => `data.${path}`),
    ...(after !== null && { starting_after: after }),
  });
  return {
    payments: page.data.filter(isOurs).map((session) => paymentOf(session)),
    next: page.has_more ? (page.data.at(-1)?.id ?? null) : null,
  };
}

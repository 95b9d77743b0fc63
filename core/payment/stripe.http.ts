import { Stripe } from "stripe";
import { warn } from "../log.ts";
import type { Payment, PaymentProvider, ProviderAnswer, ProviderRefusal, ReadWebhook } from "./provider.ts";
import { askWithKey } from "./stripe-keys.ts";
import { pageOfPayments } from "./stripe-payments.http.ts";
import { EXPAND, isForTests, orderOf, paymentOf, refundsIn, sessionOf } from "./stripe-session.ts";
import { isTestKey } from "./test-mode.ts";

/** Of one call; a second try follows, so that a function which waits for a person has an answer in time. */
const TIME_LIMIT_MS = 4_000;
const RETRIES = 1;
/** How old a message may be; Stripe's own advice. https://docs.stripe.com/webhooks */
const TOLERANCE_SECONDS = 300;

/** Stripe's largest page: more than an order has units. */
const MOST_REFUNDS = 100;

export type StripeSettings = {
  readonly key: string;
  readonly webhookSecret: string;
  /** Of a stand-in; absent: Stripe's own. */
  readonly endpoint?: string | undefined;
};

/**
 * Stripe as the provider: a payment is a Checkout Session with manual capture, whose page is Stripe's own. No card's number
 * comes near this platform, and methods that can't be captured by hand are not offered on it.
 */
export function createStripe({ key, webhookSecret, endpoint }: StripeSettings): PaymentProvider {
  const stripe = new Stripe(key, {
    timeout: TIME_LIMIT_MS,
    maxNetworkRetries: RETRIES,
    telemetry: false,
    ...(endpoint !== undefined && hostOf(endpoint)),
  });
  const { sessions } = stripe.checkout;
  async function read(id: string): Promise<Payment> {
    const session = await sessions.retrieve(id, { expand: EXPAND });
    const refunds = refundsIn(session);
    if (refunds !== null) return paymentOf(session);
    const intent = session.payment_intent;
    const listed = await stripe.refunds.list({
      payment_intent: typeof intent === "string" ? intent : (intent?.id ?? ""),
      limit: MOST_REFUNDS,
    });
    return paymentOf(session, listed.data);
  }

  return {
    create: (terms, createKey) =>
      answered(async () => {
        if (isForTests(terms) && !isTestKey(key))
          throw new Error(`${terms.orderId} is for tests, and this key of the provider takes real money`);
        return paymentOf(await askWithKey(createKey, (keyed) => sessions.create(sessionOf(terms), keyed)));
      }),

    get: (id) => answered(() => read(id)),

    // Stripe refuses a second capture or end by the state that it is in. A key would keep an error for a day.
    capture: ({ paymentId }) =>
      answered(async () => {
        await stripe.paymentIntents.capture(await intentOf(sessions, paymentId));
        return read(paymentId);
      }),

    cancel: ({ paymentId, state }) =>
      answered(async () => {
        if (state === "open") await sessions.expire(paymentId);
        else await stripe.paymentIntents.cancel(await intentOf(sessions, paymentId));
        return read(paymentId);
      }),

    refund: ({ paymentId, orderId, buyerId }, amount, refundKey) =>
      answered(async () => {
        const intent = await intentOf(sessions, paymentId);
        // As the charge has it: a message about the refund alone names its order then.
        const metadata = { key: refundKey, order_id: orderId, buyer_id: buyerId };
        await giveBackOnce(stripe, { payment_intent: intent, amount, metadata });
        return read(paymentId);
      }),

    async refundedSince(sinceMs, after) {
      const page = await pageOfRefunds(stripe, sinceMs, after);
      const refunds = page.data.flatMap(({ id: refundId, payment_intent: intent, metadata }) => {
        const order = intent && orderOf(intent);
        return order ? [{ ...order, refundId, key: metadata?.["key"] ?? null }] : [];
      });
      return { refunds, next: page.has_more ? (page.data.at(-1)?.id ?? null) : null };
    },

    madeSince: (sinceMs, after) => pageOfPayments(sessions, sinceMs, after),

    readWebhook: (rawBody, signature, nowMs) => readEvent(stripe, webhookSecret, rawBody, signature, nowMs),
  };
}

/** From the first one again if Stripe does not know any more where the page before ended. */
async function pageOfRefunds(stripe: Stripe, sinceMs: number, after: string | null) {
  const first: Stripe.RefundListParams = {
    created: { gte: Math.floor(sinceMs / 1000) },
    limit: MOST_REFUNDS,
    expand: ["data.payment_intent"],
  };
  if (after === null) return stripe.refunds.list(first);
  try {
    return await stripe.refunds.list({ ...first, starting_after: after });
  } catch (error) {
    if (refusalOf(error) === "missing") return stripe.refunds.list(first);
    throw error;
  }
}

/** Stripe forgets keys after a day; what a refund was told it keeps. So each try looks there first, and is one try. */
async function giveBackOnce(
  stripe: Stripe,
  refund: {
    readonly payment_intent: string;
    readonly amount: number;
    readonly metadata: { readonly key: string; readonly order_id: string; readonly buyer_id: string };
  },
): Promise<void> {
  const { payment_intent: intent, amount } = refund;
  const { key } = refund.metadata;
  const made = async (): Promise<{ readonly isGiven: boolean; readonly failures: number }> => {
    const { data } = await stripe.refunds.list({ payment_intent: intent, limit: MOST_REFUNDS });
    const own = data.filter(({ metadata }) => metadata?.["key"] === key);
    const failed = own.filter(({ status }) => status === "failed" || status === "canceled");
    return { isGiven: own.length > failed.length, failures: failed.length };
  };
  const { failures, isGiven } = await made();
  if (isGiven) return;
  if (failures > 0) warn("a refund failed, and is made again", { intent, amount, key, failures });
  await askWithKey(
    key,
    async (keyed) => {
      if (!(await made()).isGiven) await stripe.refunds.create(refund, { ...keyed, maxNetworkRetries: 0 });
    },
    { firstCount: failures + 1, mayDiffer: true },
  );
}

/** Where a stand-in is asked. */
export function hostOf(endpoint: string) {
  const { protocol, hostname, port } = new URL(endpoint);
  return { protocol: protocol === "http:" ? ("http" as const) : ("https" as const), host: hostname, port };
}

type Sessions = Stripe["checkout"]["sessions"];

async function intentOf(sessions: Sessions, sessionId: string): Promise<string> {
  const { payment_intent: intent } = await sessions.retrieve(sessionId);
  if (!intent) throw new Error(`${sessionId} has no payment intent`);
  return typeof intent === "string" ? intent : intent.id;
}

async function answered(calling: () => Promise<Payment>): Promise<ProviderAnswer> {
  try {
    return { kind: "payment", payment: await calling() };
  } catch (error) {
    const why = refusalOf(error);
    if (why === null) throw error;
    return { kind: "refused", why };
  }
}

/** Null: nothing that repeating or reading again could mend. */
function refusalOf(error: unknown): ProviderRefusal | null {
  const { errors } = Stripe;
  if (error instanceof errors.StripeRateLimitError) return "rate_limited";
  if (error instanceof errors.StripeCardError) return "declined";
  // Two tabs of one buyer ask at once, and the other is answered first.
  if (error instanceof errors.StripeError && error.code === "idempotency_key_in_use") return "unavailable";
  // One key with two sets of parameters: a defect of ours.
  if (error instanceof errors.StripeIdempotencyError) return null;
  if (error instanceof errors.StripeInvalidRequestError)
    return error.code === "resource_missing" ? "missing" : "conflict";
  if (error instanceof errors.StripeConnectionError || error instanceof errors.StripeAPIError)
    return "unavailable";
  return null;
}

function readEvent(
  stripe: Stripe,
  secret: string,
  rawBody: string,
  signature: string,
  nowMs: number,
): ReadWebhook {
  let event: Stripe.Event;
  try {
    event = stripe.webhooks.constructEvent(rawBody, signature, secret, TOLERANCE_SECONDS, undefined, nowMs);
  } catch {
    return { kind: "forged" };
  }
  const order = orderOf(event.data.object);
  return order ? { kind: "hint", hint: { eventId: event.id, ...order } } : { kind: "ignored" };
}

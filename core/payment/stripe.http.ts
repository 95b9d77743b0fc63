import { Stripe } from "stripe";
import * as v from "valibot";
import { buyerId, orderId, saleId } from "../contract/ids.ts";
import type {
  Payment,
  PaymentProvider,
  PaymentState,
  PaymentTerms,
  ProviderAnswer,
  ProviderRefusal,
  ReadWebhook,
} from "./provider.ts";

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

/** What a session and its payment intent are told of the order; charges inherit it. */
const metadata = v.object({
  sale_id: saleId,
  order_id: orderId,
  buyer_id: buyerId,
  attempt: v.pipe(v.string(), v.transform(Number)),
});
const hinted = v.object({ order_id: orderId, buyer_id: buyerId });

/** Read together with the session, so that one call shows all of a payment. */
const EXPAND = ["payment_intent", "payment_intent.latest_charge"];

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
  const read = async (id: string): Promise<Payment> =>
    paymentOf(await sessions.retrieve(id, { expand: EXPAND }));

  return {
    create: (terms, idempotencyKey) =>
      answered(async () => paymentOf(await sessions.create(sessionOf(terms), { idempotencyKey }))),

    get: (id) => answered(() => read(id)),

    capture: ({ paymentId }, idempotencyKey) =>
      answered(async () => {
        await stripe.paymentIntents.capture(await intentOf(sessions, paymentId), {}, { idempotencyKey });
        return read(paymentId);
      }),

    cancel: ({ paymentId, state }, idempotencyKey) =>
      answered(async () => {
        if (state === "open") await sessions.expire(paymentId, {}, { idempotencyKey });
        else await stripe.paymentIntents.cancel(await intentOf(sessions, paymentId), {}, { idempotencyKey });
        return read(paymentId);
      }),

    refund: ({ paymentId }, amount, idempotencyKey) =>
      answered(async () => {
        const intent = await intentOf(sessions, paymentId);
        // Stripe forgets keys after a day; what a refund was told it keeps.
        const given = await stripe.refunds.list({ payment_intent: intent, limit: MOST_REFUNDS });
        if (!given.data.some((refund) => refund.metadata?.["key"] === idempotencyKey))
          await stripe.refunds.create(
            { payment_intent: intent, amount, metadata: { key: idempotencyKey } },
            { idempotencyKey },
          );
        return read(paymentId);
      }),

    readWebhook: (rawBody, signature, nowMs) => readEvent(stripe, webhookSecret, rawBody, signature, nowMs),
  };
}

function hostOf(endpoint: string) {
  const { protocol, hostname, port } = new URL(endpoint);
  return { protocol: protocol === "http:" ? ("http" as const) : ("https" as const), host: hostname, port };
}

function sessionOf(terms: PaymentTerms): Stripe.Checkout.SessionCreateParams {
  const told = {
    sale_id: terms.saleId,
    order_id: terms.orderId,
    buyer_id: terms.buyerId,
    attempt: String(terms.attempt),
  };
  return {
    mode: "payment",
    client_reference_id: terms.orderId,
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: terms.currency.toLowerCase(),
          unit_amount: terms.amountMinor,
          product_data: { name: terms.name },
        },
      },
    ],
    payment_intent_data: { capture_method: "manual", metadata: told, description: terms.orderId },
    metadata: told,
    locale: terms.locale,
    success_url: terms.returnUrl,
    cancel_url: terms.returnUrl,
    expand: EXPAND,
  };
}

type Sessions = Stripe["checkout"]["sessions"];

async function intentOf(sessions: Sessions, sessionId: string): Promise<string> {
  const { payment_intent: intent } = await sessions.retrieve(sessionId);
  if (!intent) throw new Error(`${sessionId} has no payment intent`);
  return typeof intent === "string" ? intent : intent.id;
}

/** @throws ValiError when it was not made by us. */
function paymentOf(session: Stripe.Checkout.Session): Payment {
  const told = v.parse(metadata, session.metadata);
  const intent = typeof session.payment_intent === "object" ? session.payment_intent : null;
  const charge = typeof intent?.latest_charge === "object" ? intent.latest_charge : null;
  const state = stateOf(session, intent);
  return {
    paymentId: session.id,
    state,
    saleId: told.sale_id,
    orderId: told.order_id,
    buyerId: told.buyer_id,
    attempt: told.attempt,
    amountMinor: session.amount_total ?? 0,
    currency: (session.currency ?? "").toUpperCase(),
    capturedMinor: intent?.amount_received ?? 0,
    refundedMinor: charge?.amount_refunded ?? 0,
    url: state === "open" ? session.url : null,
  };
}

/** A session that is complete stays so: from then on its intent says where the money is. */
function stateOf({ status }: Stripe.Checkout.Session, intent: Stripe.PaymentIntent | null): PaymentState {
  if (status === "expired") return "cancelled";
  if (status !== "complete") return "open";
  switch (intent?.status) {
    case "requires_capture":
      return "authorised";
    case "succeeded":
      return "captured";
    case "canceled":
      return "cancelled";
    default:
      return "open";
  }
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
  const told = v.safeParse(hinted, (event.data.object as { readonly metadata?: unknown }).metadata);
  if (!told.success) return { kind: "ignored" };
  const { order_id, buyer_id } = told.output;
  return { kind: "hint", hint: { eventId: event.id, orderId: order_id, buyerId: buyer_id } };
}

import type { Stripe } from "stripe";
import * as v from "valibot";
import { buyerId, orderId, saleId } from "../contract/ids.ts";
import { TEST_CURRENCY } from "../sale/listed-sales.ts";
import type { Payment, PaymentHint, PaymentState, PaymentTerms, ProviderRefund } from "./provider.ts";

/** What a session and its payment intent are told of the order; charges inherit it. */
const metadata = v.object({
  /** Where it is paid in another currency than the sale's. */
  currency: v.optional(v.string()),
  sale_id: saleId,
  order_id: orderId,
  buyer_id: buyerId,
  attempt: v.pipe(v.string(), v.transform(Number)),
});
const hinted = v.object({ order_id: orderId, buyer_id: buyerId });

/** Read together with the session, so that one call shows all of a payment. */
export const EXPAND = ["payment_intent", "payment_intent.latest_charge.refunds"];

/** What the provider takes for the currency for tests, which no provider knows: in its test mode alone, where no money moves. */
const PAID_IN_TESTS = "eur";

/** Whether a payment may be made in the provider's test mode alone. */
export const isForTests = ({ currency }: Pick<PaymentTerms, "currency">): boolean =>
  currency === TEST_CURRENCY;

/** What a payment's page is made from. */
export function sessionOf(terms: PaymentTerms): Stripe.Checkout.SessionCreateParams {
  const labels = {
    ...(isForTests(terms) && { currency: terms.currency }),
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
          currency: isForTests(terms) ? PAID_IN_TESTS : terms.currency.toLowerCase(),
          unit_amount: terms.amountMinor,
          product_data: { name: terms.name },
        },
      },
    ],
    payment_intent_data: { capture_method: "manual", metadata: labels, description: terms.orderId },
    metadata: labels,
    locale: terms.locale,
    success_url: terms.returnUrl,
    cancel_url: terms.returnUrl,
    expand: EXPAND,
  };
}

/** The charge's refunds as far as they came with it; null: there are more than that, to be listed apart. */
export function refundsIn(session: Stripe.Checkout.Session): readonly Stripe.Refund[] | null {
  const { intent, charge } = partsOf(session);
  if (!intent || !charge) return [];
  return charge.refunds && !charge.refunds.has_more ? charge.refunds.data : null;
}

const partsOf = ({ payment_intent }: Stripe.Checkout.Session) => {
  const intent = typeof payment_intent === "object" ? payment_intent : null;
  const charge = typeof intent?.latest_charge === "object" ? intent.latest_charge : null;
  return { intent, charge };
};

const refundOf = ({ id, amount, status, ...refund }: Stripe.Refund): ProviderRefund => ({
  id,
  key: refund.metadata?.["key"] ?? null,
  amountMinor: amount,
  state: status === "succeeded" ? status : refundEnds(status) ? "failed" : "pending",
});
const refundEnds = (status: string | null): boolean => status === "failed" || status === "canceled";

/** Whether a session was made by us, and so can be read as a payment. */
export const isOurs = (session: Stripe.Checkout.Session): boolean => v.is(metadata, session.metadata);

/** A session as a payment. @throws ValiError when it was not made by us. */
export function paymentOf(
  session: Stripe.Checkout.Session,
  refundList: readonly Stripe.Refund[] = refundsIn(session) ?? [],
): Payment {
  const labels = v.parse(metadata, session.metadata);
  const { intent, charge } = partsOf(session);
  // Stripe lists the newest first.
  const refunds = refundList.map(refundOf).toReversed();
  const state = stateOf(session, intent);
  return {
    paymentId: session.id,
    state,
    saleId: labels.sale_id,
    orderId: labels.order_id,
    buyerId: labels.buyer_id,
    attempt: labels.attempt,
    // A card that was declined leaves a charge, too: one that is not paid. A payment that was let go keeps its own.
    wasAuthorised: charge?.paid === true,
    amountMinor: session.amount_total ?? 0,
    currency: labels.currency ?? (session.currency ?? "").toUpperCase(),
    capturedMinor: intent?.amount_received ?? 0,
    refundedMinor: refunds.reduce(
      (sum, refund) => sum + (refund.state === "failed" ? 0 : refund.amountMinor),
      0,
    ),
    refunds,
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
    // Its page is closed, so nobody gives another card: it would stay open for ever, and can't be ended.
    case "requires_payment_method":
      return "cancelled";
    default:
      return "open";
  }
}

/** Which order an object of Stripe is about; null: none of ours. */
export function orderOf(object: unknown): Pick<PaymentHint, "orderId" | "buyerId"> | null {
  const labels = v.safeParse(hinted, (object as { readonly metadata?: unknown }).metadata);
  return labels.success ? { orderId: labels.output.order_id, buyerId: labels.output.buyer_id } : null;
}

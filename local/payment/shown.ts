import type { Intent, Refund, Session } from "./books.ts";

/** Objects as Stripe shows them: the members that this platform, its SDK, and who debugs them look at. */
export const shownSession = (session: Session, intent: unknown, pageUrl: string) => ({
  id: session.id,
  object: "checkout.session",
  livemode: false,
  mode: "payment",
  ui_mode: "hosted_page",
  status: session.status,
  payment_status: session.status === "complete" && session.captureMethod === "automatic" ? "paid" : "unpaid",
  amount_total: session.amountTotal,
  amount_subtotal: session.amountTotal,
  currency: session.currency,
  client_reference_id: session.metadata["order_id"] ?? null,
  metadata: session.metadata,
  payment_intent: intent,
  success_url: session.successUrl,
  cancel_url: session.cancelUrl,
  created: session.created,
  expires_at: session.created + 86_400,
  url: session.status === "open" ? pageUrl : null,
});

/** As many refunds come with a charge. */
const WITH_A_CHARGE = 10;

/** @param charge what its latest charge is shown as; absent: by its id alone. */
export const shownIntent = (intent: Intent, charge?: unknown) => ({
  id: intent.id,
  object: "payment_intent",
  livemode: false,
  status: intent.status,
  amount: intent.amount,
  amount_capturable: intent.status === "requires_capture" ? intent.amount : 0,
  amount_received: intent.received,
  capture_method: intent.captureMethod,
  currency: intent.currency,
  metadata: intent.metadata,
  created: intent.created,
  latest_charge: hasCharge(intent) ? (charge ?? chargeId(intent)) : null,
});

/** @param refunds newest first; absent: they were not asked for. */
export const shownCharge = (intent: Intent, refunds?: readonly Refund[]) => ({
  ...(refunds && {
    refunds: {
      object: "list",
      url: `/v1/charges/${chargeId(intent)}/refunds`,
      has_more: refunds.length > WITH_A_CHARGE,
      data: refunds.slice(0, WITH_A_CHARGE).map((refund) => shownRefund(refund, intent)),
    },
  }),
  id: chargeId(intent),
  object: "charge",
  payment_intent: intent.id,
  amount: intent.amount,
  amount_captured: intent.received,
  amount_refunded: intent.refunded,
  captured: intent.received > 0,
  paid: true,
  refunded: intent.refunded === intent.amount,
  currency: intent.currency,
  metadata: intent.metadata,
});

const chargeId = ({ id }: Intent) => id.replace(/^pi_/, "ch_");
/** Books from before it was noted know only of what is there still. */
const hasCharge = ({ status, received, wasAuthorised }: Intent) =>
  wasAuthorised === true || received > 0 || status === "requires_capture";

export const shownRefund = (refund: Refund, intent: Intent) => ({
  id: refund.id,
  object: "refund",
  status: refund.status ?? "succeeded",
  amount: refund.amount,
  currency: intent.currency,
  payment_intent: refund.intent,
  metadata: refund.metadata,
  created: refund.created,
});

import { declined, invalid } from "./api-error.ts";
import type { Books, Intent, Refund, Session } from "./books.ts";
import { type Fields, textAt, textsAt } from "./form-fields.ts";
import { shownCharge, shownIntent, shownRefund, shownSession } from "./shown.ts";
import type { Webhooks } from "./webhooks.ts";

/** After which a bank sends back what it does not take. */
const BANK_MS = 200;

const nowSeconds = () => Math.floor(Date.now() / 1000);

/** What the card of a shopper does. */
export type Card =
  "good" | "declined" | "needs_authentication" | "uncapturable" | "refunds_pending" | "refunds_sent_back";

/** Stripe's own test cards, by which a program says what shall happen. */
export const testCards: Readonly<Record<string, Card>> = {
  pm_card_visa: "good",
  pm_card_chargeDeclined: "declined",
  pm_card_authenticationRequired: "needs_authentication",
  pm_card_pendingRefund: "refunds_pending",
  pm_card_refundFail: "refunds_sent_back",
};

/** Tokens of cards, and what a payment method made from them is called. */
export const testTokens: Readonly<Record<string, string>> = {
  tok_visa: "pm_card_visa",
  tok_chargeDeclined: "pm_card_chargeDeclined",
};

const intentText = (intent: Intent) => shownIntent(intent);

export type Actions = ReturnType<typeof createActions>;

/** What can happen to payments, however it was asked for. Whatever changes is told by a message. */
export function createActions(books: Books, webhooks: Webhooks, pageUrl: (sessionId: string) => string) {
  const sessionText = (session: Session) => shownSession(session, session.intent, pageUrl(session.id));

  function keep(intent: Intent, ...types: string[]): Intent {
    books.keepIntent(intent);
    for (const type of types) webhooks.send(type, intentText(intent));
    return intent;
  }

  function createIntent(fields: {
    readonly amount: number;
    readonly currency: string;
    readonly captureMethod: Intent["captureMethod"];
    readonly metadata: Readonly<Record<string, string>>;
  }): Intent {
    const intent: Intent = {
      id: books.newId("pi"),
      status: "requires_payment_method",
      ...fields,
      created: nowSeconds(),
      received: 0,
      refunded: 0,
    };
    return keep(intent, "payment_intent.created");
  }

  /** Tries to take the money with a card. @throws ApiError when the card is declined. */
  function confirm(intent: Intent, card: Card): Intent {
    if (!["requires_payment_method", "requires_action"].includes(intent.status))
      throw unexpected(intent, "confirmed");
    if (card === "declined") {
      intent.status = "requires_payment_method";
      keep(intent, "payment_intent.payment_failed");
      throw declined("Your card was declined.", "generic_decline");
    }
    if (card === "needs_authentication") {
      intent.status = "requires_action";
      return keep(intent, "payment_intent.requires_action");
    }
    intent.wasAuthorised = true;
    if (card === "uncapturable") intent.isUncapturable = true;
    if (card === "refunds_pending") intent.refundsGo = "pending";
    if (card === "refunds_sent_back") intent.refundsGo = "sent_back";
    if (intent.captureMethod === "manual") {
      intent.status = "requires_capture";
      return keep(intent, "payment_intent.amount_capturable_updated");
    }
    intent.status = "succeeded";
    intent.received = intent.amount;
    return keep(intent, "payment_intent.succeeded");
  }

  /** What the shopper's bank says of a refund in the end. */
  function endRefund(refund: Refund, end: "succeeded" | "failed"): Refund {
    if (refund.status === "failed") throw invalid("This refund has failed already.");
    const intent = books.intent(refund.intent);
    if (end === "succeeded") delete refund.status;
    else {
      refund.status = "failed";
      intent.refunded -= refund.amount;
      keep(intent);
    }
    books.keepRefund(refund);
    webhooks.send(end === "failed" ? "refund.failed" : "refund.updated", shownRefund(refund, intent));
    return refund;
  }

  return {
    confirm,

    createIntent: (fields: Fields): Intent =>
      createIntent({
        amount: amountOf(textAt(fields, "amount")),
        currency: textAt(fields, "currency") ?? "",
        captureMethod: methodOf(textAt(fields, "capture_method")),
        metadata: textsAt(fields, "metadata"),
      }),

    createSession(fields: Fields): Session {
      const price = ["line_items", "0", "price_data"];
      const successUrl = textAt(fields, "success_url");
      if (textAt(fields, "mode") !== "payment") throw invalid("Only the mode `payment` is played here");
      if (!successUrl) throw invalid("Missing required param: success_url");
      const session: Session = {
        id: books.newId("cs"),
        status: "open",
        amountTotal:
          amountOf(textAt(fields, ...price, "unit_amount")) *
          Number(textAt(fields, "line_items", "0", "quantity") ?? 1),
        currency: textAt(fields, ...price, "currency") ?? "",
        name: textAt(fields, ...price, "product_data", "name") ?? "",
        captureMethod: methodOf(textAt(fields, "payment_intent_data", "capture_method")),
        metadata: textsAt(fields, "metadata"),
        intentMetadata: textsAt(fields, "payment_intent_data", "metadata"),
        successUrl,
        cancelUrl: textAt(fields, "cancel_url") ?? successUrl,
        created: nowSeconds(),
        intent: null,
      };
      books.keepSession(session);
      return session;
    },

    /** What a shopper's card does on the hosted page. @throws ApiError when the session is over, or the card is declined. */
    pay(session: Session, card: Card): Intent {
      if (session.status !== "open") throw invalid("This Checkout Session is no longer open.");
      const intent = session.intent
        ? books.intent(session.intent)
        : createIntent({
            amount: session.amountTotal,
            currency: session.currency,
            captureMethod: session.captureMethod,
            metadata: session.intentMetadata,
          });
      if (!session.intent) books.keepSession(Object.assign(session, { intent: intent.id }));
      confirm(intent, card);
      if (intent.status === "requires_action") return intent;
      session.status = "complete";
      books.keepSession(session);
      webhooks.send("checkout.session.completed", sessionText(session));
      return intent;
    },

    expire(session: Session): Session {
      if (session.status !== "open")
        throw invalid(
          `Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status}.`,
        );
      session.status = "expired";
      books.keepSession(session);
      if (session.intent) {
        const intent = books.intent(session.intent);
        intent.status = "canceled";
        keep(intent, "payment_intent.canceled");
      }
      webhooks.send("checkout.session.expired", sessionText(session));
      return session;
    },

    capture(intent: Intent): Intent {
      if (intent.status !== "requires_capture") throw unexpected(intent, "captured");
      if (intent.isUncapturable)
        throw declined("The issuer refused to hand over what it had authorised.", "generic_decline");
      intent.status = "succeeded";
      intent.received = intent.amount;
      return keep(intent, "payment_intent.succeeded");
    },

    cancel(intent: Intent): Intent {
      if (books.sessionOf(intent.id)?.status === "open")
        throw invalid("You cannot cancel PaymentIntents created by Checkout Sessions: expire the session.");
      if (intent.status === "succeeded" || intent.status === "canceled") throw unexpected(intent, "canceled");
      intent.status = "canceled";
      return keep(intent, "payment_intent.canceled");
    },

    refund(intent: Intent, fields: Fields): Refund {
      const amountText = textAt(fields, "amount");
      const amount = amountText === undefined ? intent.received - intent.refunded : amountOf(amountText);
      if (amount > intent.received - intent.refunded)
        throw invalid("Refund amount is greater than unrefunded amount on charge", {
          code: "charge_already_refunded",
        });
      intent.refunded += amount;
      keep(intent);
      const refund: Refund = {
        id: books.newId("re"),
        intent: intent.id,
        amount,
        metadata: textsAt(fields, "metadata"),
        created: nowSeconds(),
        ...(intent.refundsGo === "pending" && { status: "pending" as const }),
      };
      books.keepRefund(refund);
      webhooks.send("refund.created", shownRefund(refund, intent));
      webhooks.send("charge.refunded", shownCharge(intent));
      // As with Stripe: it is there, and the bank sends it back a moment later.
      if (intent.refundsGo === "sent_back") webhooks.later(BANK_MS, () => endRefund(refund, "failed"));
      return refund;
    },

    endRefund,

    /** Weeks later a bank may refuse what it was given back. */
    failRefunds(intent: Intent): void {
      for (const refund of books.refundsOf(intent.id)) {
        if (refund.status !== "failed") endRefund(refund, "failed");
      }
    },
  };
}

const unexpected = (intent: Intent, verb: string) =>
  invalid(`This PaymentIntent could not be ${verb} because it has a status of ${intent.status}.`, {
    code: "payment_intent_unexpected_state",
  });

function amountOf(text: string | undefined): number {
  const amount = Number(text);
  if (text === undefined || !Number.isInteger(amount) || amount < 1)
    throw invalid("An amount must be a whole number above zero", { code: "parameter_invalid_integer" });
  return amount;
}

function methodOf(text: string | undefined): Intent["captureMethod"] {
  return text === "manual" ? "manual" : "automatic";
}

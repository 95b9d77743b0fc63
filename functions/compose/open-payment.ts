import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { createAttempts } from "../../core/attempts.ts";
import { systemClock } from "../../core/clock.ts";
import type { Config } from "../../core/config.ts";
import type { OrderView } from "../../core/contract/order.ts";
import type { BuyerId, OrderId } from "../../core/ids.ts";
import { shownOrder } from "../../core/look-up/shown-order.ts";
import { openPayment, type OpenPaymentOutcome } from "../../core/payment/open-payment.ts";
import type { PaymentDependencies } from "../../core/payment/payment-dependencies.ts";
import { answerRateLimited, type Refusal, refuse } from "../answer/answer.ts";

/** Of one buyer in ten seconds: each asks the provider, which lets so many through for all. The instance counts for itself. */
const OPENINGS_LIMIT = 10;
const waitForAttempt = createAttempts(systemClock);

type Asked = {
  readonly event: APIGatewayProxyEventV2;
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
  readonly locale: "en" | "de";
  /** The page that shows the order then: with script, or without. */
  readonly backTo: "page" | "plain";
};

export type PaymentOpened =
  | { readonly kind: "opened"; readonly order: OrderView; readonly url: string | null }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** Opens a payment for whoever asks, by the API or by a form. */
export async function openPaymentFor(
  deps: PaymentDependencies,
  config: Config<"SITE_URL">,
  { event, orderId, buyerId, locale, backTo }: Asked,
): Promise<PaymentOpened> {
  const waitMs = waitForAttempt(buyerId, OPENINGS_LIMIT);
  if (waitMs > 0) return { kind: "refused", refusal: answerRateLimited(waitMs) };
  const returnUrl = `${siteOf(event, config)}/plain/${locale}/return/${orderId}?buyer=${buyerId}&to=${backTo}`;
  const outcome = await openPayment(deps, { orderId, buyerId, locale, returnUrl });
  if (outcome.kind !== "open" && outcome.kind !== "settled")
    return { kind: "refused", refusal: refusalOf(outcome) };
  const order = await shownOrder(deps, outcome.entry);
  return { kind: "opened", order, url: outcome.kind === "open" ? outcome.url : null };
}

/** Either refusal has words of its own: neither says anything about the sale, or about money. */
export function refusalOf({ kind }: Exclude<OpenPaymentOutcome, { kind: "open" | "settled" }>): Refusal {
  switch (kind) {
    case "not_found":
      return refuse("not_found", { detail: "You have no such order" });
    case "overdue":
      return refuse("payment_overdue");
    case "too_many_attempts":
      return refuse("too_many_payments");
    case "checking":
      return refuse("outcome_unknown", { retryAfterSeconds: 2 });
    default:
      return kind satisfies never;
  }
}

/** A local site goes by several names, and its cookie is of the one that the shopper came by. */
const siteOf = (event: APIGatewayProxyEventV2, { SITE_URL, STAGE }: Config<"SITE_URL">): string =>
  STAGE === "local" && event.headers["host"] ? `http://${event.headers["host"]}` : SITE_URL;

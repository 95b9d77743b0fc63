import { faultPoint } from "../fault-point.ts";
import type { BuyerId, OrderId } from "../ids.ts";
import { shownOrder } from "../look-up/shown-order.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import type { OpenedPayment, PaymentAttempt } from "../reservation/payment-attempt.ts";
import type { Sale } from "../sale/sale.ts";
import { ask } from "./ask-provider.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
import { keyOf, type Payment } from "./provider.ts";
import { settlePayments } from "./settle-payments.ts";

export type OpenPaymentRequest = {
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
  readonly locale: "en" | "de";
  readonly returnUrl: string;
};

export type OpenPaymentOutcome =
  /** Where to pay. */
  | { readonly kind: "open"; readonly url: string; readonly entry: LedgerEntry }
  /** It is not to be paid for any more; the order says what became of it. */
  | { readonly kind: "settled"; readonly entry: LedgerEntry }
  /** Its time has long been over, and it is about to be ended. */
  | { readonly kind: "overdue" }
  /** Nobody knows at present whether the hold counts. */
  | { readonly kind: "checking" }
  | { readonly kind: "too_many_attempts" }
  | { readonly kind: "not_found" };

/** Pages that are opened for one order; on each a card may be declined many times. */
const MOST_PAGES = 5;
/** An attempt that the provider answers with errors for so long is given up: nobody was told where to pay it. */
const STUCK_MS = 5 * 60_000;
/** By how much the clock of a machine may be wrong. A hold ends by the gate's, which these functions do not reach. */
const CLOCK_ERROR_MS = 15 * 60_000;

/**
 * Opens a payment for a hold, or finds the one that is open.
 *
 * The attempt is in the ledger before the provider hears of it, and its name is there before anybody is told where to pay.
 * So whoever ends the hold finds every payment that somebody could make.
 *
 * @throws ProviderSilent, or when the ledger does not answer: asking again goes on with the same attempt.
 */
export async function openPayment(
  deps: PaymentDependencies,
  request: OpenPaymentRequest,
): Promise<OpenPaymentOutcome> {
  const { entry, payments } = await settlePayments(deps, request);
  if (!entry) return { kind: "not_found" };
  const standing = await whyNot(deps, entry);
  if (standing) return standing;
  const open = payments.find((payment) => payment.state === "open");
  if (open?.url) return { kind: "open", url: open.url, entry };
  const sale = await deps.saleRecords.get(entry.reservation.saleId);
  if (!sale) return { kind: "not_found" };
  const attempt = await nextAttempt(deps, entry, sale, request);
  if (attempt === null) return { kind: "too_many_attempts" };
  const payment = await create(deps, entry, attempt);
  return payment ? tellWhere(deps, entry, payment) : openPayment(deps, request);
}

/** Why a hold can't be paid for now; null: it can. */
async function whyNot(deps: PaymentDependencies, entry: LedgerEntry): Promise<OpenPaymentOutcome | null> {
  const { state } = await shownOrder(deps, entry);
  if (state === "pending") return { kind: "checking" };
  if (state !== "held") return { kind: "settled", entry };
  // Who has the time to pay is not told that it is over, and a hold that nobody has ended may still be paid.
  const { heldUntilMs = Infinity } = entry.reservation;
  return deps.clock.nowMs() >= heldUntilMs + CLOCK_ERROR_MS ? { kind: "overdue" } : null;
}

/** The attempt to go on with, as it is in the ledger; null: there were too many. */
async function nextAttempt(
  { ledger, open, clock }: PaymentDependencies,
  { reservation, payments = [] }: LedgerEntry,
  sale: Sale,
  { locale, returnUrl }: OpenPaymentRequest,
): Promise<PaymentAttempt | null> {
  const nowMs = clock.nowMs();
  const last = payments.at(-1);
  if (last && isUnderWay(last, nowMs)) return last;
  // What nobody was told of counts for nothing: an outage uses up no attempt.
  if (payments.filter(({ paymentId }) => paymentId !== null).length >= MOST_PAGES) return null;
  // The price may have changed meanwhile; a hold has one.
  const [first] = payments;
  const attempt: PaymentAttempt = {
    attempt: (last?.attempt ?? 0) + 1,
    amountMinor: first?.amountMinor ?? sale.priceMinor * reservation.quantity,
    currency: first?.currency ?? sale.currency,
    openedAtMs: nowMs,
    name: reservation.quantity === 1 ? sale.name : `${reservation.quantity} × ${sale.name}`,
    locale,
    returnUrl,
  };
  await open.add({ orderId: reservation.orderId, buyerId: reservation.buyerId }, nowMs);
  if ((await ledger.openPayment(reservation, attempt)) === "written") return attempt;
  // Another tab of the same buyer was first: one attempt, with the terms that are written down.
  const present = await ledger.get(reservation.orderId, reservation.buyerId);
  return present?.payments?.find((opened) => opened.attempt === attempt.attempt) ?? null;
}

const isUnderWay = ({ paymentId, openedAtMs }: OpenedPayment, nowMs: number): boolean =>
  paymentId === null && nowMs - openedAtMs < STUCK_MS;

/** Null: the provider does not take this attempt any more, and another is needed. */
async function create(
  deps: PaymentDependencies,
  { reservation }: LedgerEntry,
  attempt: PaymentAttempt,
): Promise<Payment | null> {
  const { saleId, orderId, buyerId } = reservation;
  const terms = { saleId, orderId, buyerId, ...attempt };
  const answer = await ask(deps.provider.create(terms, keyOf(orderId, "create", attempt.attempt)));
  if (answer.kind === "refused")
    throw new Error(`attempt ${attempt.attempt} of ${orderId} was refused: ${answer.why}`);
  await faultPoint("payment_after_opening");
  await deps.ledger.namePayment(reservation, attempt.attempt, answer.payment.paymentId);
  return answer.payment.state === "open" ? answer.payment : null;
}

/** Only while the hold stands: it may have ended while the provider was asked, and then nobody is told where to pay. */
async function tellWhere(
  deps: PaymentDependencies,
  before: LedgerEntry,
  payment: Payment,
): Promise<OpenPaymentOutcome> {
  const { orderId, buyerId } = before.reservation;
  const entry = (await deps.ledger.get(orderId, buyerId)) ?? before;
  if (entry.state.kind === "held" && payment.url) return { kind: "open", url: payment.url, entry };
  const settled = await settlePayments(deps, { orderId, buyerId });
  return { kind: "settled", entry: settled.entry ?? entry };
}

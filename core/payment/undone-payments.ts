import type { UndonePayment } from "../mail/order-mail.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import type { OpenedPayment } from "../reservation/payment-attempt.ts";
import { isAsAsked } from "./decide-payment.ts";
import type { Payment } from "./provider.ts";

type Order = Pick<LedgerEntry, "state"> & { readonly payments?: readonly OpenedPayment[] };

/**
 * Which payments of an order, once they are at rest, its buyer has made in vain, and what became of their money. By rules alone,
 * from what the provider has: whoever looks again, after whatever crash, tells the same.
 *
 * A page that nobody has paid on reserved nothing, and a declined card neither: there is nothing to tell. What the order counts on
 * is told with it, though it failed: "failed" says that nothing was taken.
 */
export const undonePayments = (order: Order, payments: readonly Payment[]): UndonePayment[] =>
  payments.flatMap((payment) => {
    if (!payment.wasAuthorised || payment.paymentId === order.state.payment?.paymentId) return [];
    const { attempt, state, currency, capturedMinor } = payment;
    if (state === "cancelled") return [{ attempt, why: whyOf(order, payment), takenMinor: 0, currency }];
    return isGivenBack(payment)
      ? [{ attempt, why: whyOf(order, payment), takenMinor: capturedMinor, currency }]
      : [];
  });

/** All that was taken went back, and every bank has taken its part. */
export const isGivenBack = ({ state, capturedMinor, refundedMinor, refunds }: Payment): boolean =>
  state === "captured" &&
  refundedMinor >= capturedMinor &&
  refunds.every((refund) => refund.state !== "pending");

function whyOf({ state: { kind }, payments = [] }: Order, payment: Payment): UndonePayment["why"] {
  const asked = payments.find(({ attempt }) => attempt === payment.attempt);
  if (asked && !isAsAsked(asked, payment)) return "wrong_amount";
  switch (kind) {
    case "authorised":
    case "placed":
    case "confirmed":
    case "returned":
    case "refunded":
      return "second";
    case "held":
    case "reserved":
    case "rejected":
    case "failed":
    case "expired":
    case "cancelled":
      return "too_late";
    default:
      return kind satisfies never;
  }
}

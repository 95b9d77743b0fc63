import type { FailureReason } from "../contract/order.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import type { PaymentReport } from "../reservation/payment-task.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
import type { RefundNews } from "./plan-refunds.ts";
import type { Payment } from "./provider.ts";

const namesOf = ({ reservation }: LedgerEntry, { paymentId }: Payment) => ({
  saleId: reservation.saleId,
  orderId: reservation.orderId,
  buyerId: reservation.buyerId,
  requestId: reservation.requestId,
  ...(reservation.traceId !== undefined && { traceId: reservation.traceId }),
  paymentId,
});

/** The money of a placed order is taken: whoever keeps its state may confirm it. */
export const reportCaptured = (
  { orders }: Pick<PaymentDependencies, "orders">,
  entry: LedgerEntry,
  payment: Payment,
): Promise<void> =>
  orders.sendReport({ payment: "captured", ...namesOf(entry, payment) } satisfies PaymentReport);

/** What the provider has of an order's refunds; told again, it is decided once. */
export async function reportRefund(
  { orders, warn, measure }: Pick<PaymentDependencies, "orders" | "warn" | "measure">,
  entry: LedgerEntry,
  payment: Payment,
  news: RefundNews,
): Promise<void> {
  const { orderId, saleId } = entry.reservation;
  if (news.payment === "refund_failed") {
    warn("money of an order could not be given back", { orderId, saleId, ...news });
    measure("RefundsFailed", 1);
  }
  if (news.payment === "refunded_outside") {
    warn("money of an order was given back at the provider's own console", { orderId, saleId, ...news });
    measure("RefundsOutside", 1);
  }
  await orders.sendReport({ ...news, ...namesOf(entry, payment) } satisfies PaymentReport);
}

/** The money of an order will never come. It may be told several times, and is counted where it is decided. */
export async function reportLost(
  { orders, warn }: Pick<PaymentDependencies, "orders" | "warn">,
  entry: LedgerEntry,
  payment: Payment,
  why: FailureReason,
): Promise<void> {
  const { orderId, saleId } = entry.reservation;
  warn("the money of an order is lost", { orderId, saleId, paymentId: payment.paymentId, why });
  await orders.sendReport({ payment: "failed", ...namesOf(entry, payment), why });
}

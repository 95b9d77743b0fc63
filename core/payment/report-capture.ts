import type { FailureReason } from "../contract/order.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import type { PaymentReport } from "../reservation/payment-task.ts";
import type { PaymentDependencies } from "./payment-dependencies.ts";
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

/** The money of an order will never come. */
export async function reportLost(
  { orders, warn, measure }: Pick<PaymentDependencies, "orders" | "warn" | "measure">,
  entry: LedgerEntry,
  payment: Payment,
  why: FailureReason,
): Promise<void> {
  const { orderId, saleId } = entry.reservation;
  warn("the money of an order is lost", { orderId, saleId, paymentId: payment.paymentId, why });
  measure("CapturesFailed", 1);
  await orders.sendReport({ payment: "failed", ...namesOf(entry, payment), why });
}

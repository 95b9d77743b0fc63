import type { Gate } from "../../core/gate/gate.redis.ts";
import type { SaleId } from "../../core/ids.ts";
import type { Ledger } from "../../core/reservation/ledger.dynamo.ts";
import type { Payment, ReservationEvent } from "../../core/reservation/lifecycle.ts";
import type { PaymentReport } from "../../core/reservation/payment-task.ts";
import { messageText } from "../../core/reservation/order-message.ts";
import type { Reservation } from "../../core/reservation/reservation.ts";

export const aPayment = (fields: Partial<Payment> = {}): Payment => ({
  paymentId: "pay_1",
  amountMinor: 12_900,
  currency: "EUR",
  ...fields,
});

/** The first event of a hold that was paid for. */
export const authorisedBy = (payment: Payment = aPayment()): ReservationEvent => ({
  kind: "authorised",
  id: `authorise:${payment.paymentId}`,
  number: 1,
  ...payment,
});

export const expired = { kind: "expired", id: "expire", number: 1 } as const;

/** A hold as a message, with what became of it. */
export const decidedMessage = (reservation: Reservation, ...events: readonly ReservationEvent[]) => ({
  messageId: crypto.randomUUID(),
  body: messageText({ reservation, events }),
});

/** What the provider said to a capture, or of a refund, as a message. */
export const reportMessage = (
  { saleId, orderId, buyerId, requestId }: Reservation,
  paymentId: string,
  outcome: Readonly<Record<string, unknown>> & { readonly payment: PaymentReport["payment"] } = {
    payment: "captured",
  },
) => ({
  messageId: crypto.randomUUID(),
  body: JSON.stringify({ ...outcome, saleId, orderId, buyerId, requestId, paymentId }),
});

/** How an order stands in the ledger, in a word. */
export const standingIn = async (ledger: Pick<Ledger, "get">, { orderId, buyerId }: Reservation) => {
  const state = (await ledger.get(orderId, buyerId))?.state;
  return state?.kind === "rejected" ? `rejected: ${state.reason}` : state?.kind;
};

/** The gate's units, in one line. @throws unless they are conserved. */
export async function unitsIn(gate: Pick<Gate, "inspect">, saleId: SaleId): Promise<string> {
  const view = await gate.inspect(saleId);
  if (view.kind === "lost") return "lost";
  const { allocated, available, held, sold, withheld } = view.stock;
  if (available + held + sold + withheld !== allocated) throw new Error("the stock is not conserved");
  return `${available} available, ${held} held, ${sold} sold`;
}

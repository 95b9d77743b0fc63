import { chunk } from "../dynamo/write-items.dynamo.ts";
import type { Warn } from "../log.ts";
import type { PaymentTask } from "../reservation/payment-task.ts";
import { dueMinor } from "../reservation/refunds.ts";
import { namesOf, type Reservation } from "../reservation/reservation.ts";
import { stateOf } from "../reservation/state-of.ts";
import type { RecordedOrder } from "./recorded-order.ts";

const AT_ONCE = 32;

export type Payments = { readonly send: (task: PaymentTask) => Promise<void> };

/**
 * Has the money taken of each order that is placed, given back where some is due, and given up of each that ended although
 * it was authorised. After the ledger knows: whoever does it reads there how the order stands.
 *
 * @returns the reservations whose task could not be sent: their messages must come again.
 */
export async function askForMoney(
  { payments, warn }: { readonly payments: Payments; readonly warn: Warn },
  orders: readonly RecordedOrder[],
): Promise<Reservation[]> {
  const unsent: Reservation[] = [];
  async function ask(order: RecordedOrder): Promise<void> {
    const task = taskOf(order);
    if (task === null) return;
    const { saleId, orderId, buyerId, requestId, traceId } = order.reservation;
    const names = { saleId, orderId, buyerId, requestId, ...(traceId !== undefined && { traceId }) };
    try {
      await payments.send({ task, ...names });
    } catch (error) {
      warn("the payment of an order was not asked for", { ...namesOf(order.reservation), error });
      unsent.push(order.reservation);
    }
  }
  for (const together of chunk(orders, AT_ONCE)) await Promise.all(together.map(ask));
  return unsent;
}

function taskOf({ reservation, history }: RecordedOrder): Exclude<PaymentTask["task"], "cancel"> | null {
  const state = stateOf(reservation, history);
  const { kind, payment } = state;
  if (!payment) return null;
  if (kind === "placed") return "capture";
  if (dueMinor(state) > 0) return "refund";
  return kind === "rejected" || kind === "failed" ? "give_up" : null;
}

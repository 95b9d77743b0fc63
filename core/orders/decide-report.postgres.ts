import type { Kysely } from "kysely";
import type { Database } from "../postgres/database.ts";
import { type Command, decide } from "../reservation/lifecycle.ts";
import type { PaymentReport } from "../reservation/payment-task.ts";
import { type Reservation, stateOf } from "../reservation/reservation.ts";
import { appendEvent } from "./append-event.postgres.ts";
import { existingOrders } from "./existing-orders.postgres.ts";
import type { RecordedOrder } from "./recorded-order.ts";
import { lockSales } from "./sale-laws.postgres.ts";

export type DecidedReport = {
  readonly order: RecordedOrder;
  /** The order no longer waits for its money, and was decided otherwise. */
  readonly isRefused: boolean;
};

/**
 * Decides on an order whose money was taken, or never will be, in the one transaction that may move it. Safe to repeat.
 *
 * @returns null: the order has no row.
 */
export async function decideReport(
  db: Kysely<Database>,
  report: PaymentReport,
  reservation: Reservation,
): Promise<DecidedReport | null> {
  return db.transaction().execute(async (trx) => {
    await lockSales(trx, [reservation]);
    const order = (await existingOrders(trx, [reservation])).get(reservation.orderId);
    if (!order) return null;
    const state = stateOf(reservation, order.history);
    // Another payment than the order's own is none of its business.
    const isOwn = state.payment?.paymentId === report.paymentId;
    const decision = isOwn ? decide(commandOf(report), state) : null;
    if (decision?.kind !== "events") return { order, isRefused: true };
    for (const event of decision.events) await appendEvent(trx, reservation, event);
    return { order: { reservation, history: [...order.history, ...decision.events] }, isRefused: false };
  });
}

const commandOf = (report: PaymentReport): Command =>
  report.payment === "captured" ? { kind: "confirm" } : { kind: "fail", why: report.why };

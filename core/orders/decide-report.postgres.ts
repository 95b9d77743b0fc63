import type { Kysely, Transaction } from "kysely";
import type { OrderId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { type Command, decide } from "../reservation/lifecycle.ts";
import type { PaymentReport } from "../reservation/payment-task.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { stateOf } from "../reservation/state-of.ts";
import { appendEvent } from "./append-event.postgres.ts";
import { existingOrders } from "./existing-orders.postgres.ts";
import type { RecordedOrder } from "./recorded-order.ts";
import { lockSales } from "./sale-laws.postgres.ts";

export type DecidedReport = {
  readonly order: RecordedOrder;
  /** The order does not wait for this, and was decided otherwise. */
  readonly isRefused: boolean;
  /** It was decided now; else before, or not at all. */
  readonly isNew: boolean;
};

/** An order, with what the provider said of its money. */
export type Reported = { readonly report: PaymentReport; readonly reservation: Reservation };

/**
 * Decides on orders whose money was taken, or never will be, in the one transaction that may move them. Safe to repeat.
 *
 * @param all each order at most once. @returns those that have a row.
 */
export async function decideReports(
  db: Kysely<Database>,
  all: readonly Reported[],
): Promise<Map<OrderId, DecidedReport>> {
  return db.transaction().execute(async (trx) => {
    const reservations = all.map(({ reservation }) => reservation);
    await lockSales(trx, reservations);
    const orders = await existingOrders(trx, reservations);
    const decided = new Map<OrderId, DecidedReport>();
    for (const reported of all) {
      const order = orders.get(reported.reservation.orderId);
      if (order) decided.set(reported.reservation.orderId, await decideOne(trx, reported, order));
    }
    return decided;
  });
}

async function decideOne(
  trx: Transaction<Database>,
  { report, reservation }: Reported,
  order: RecordedOrder,
): Promise<DecidedReport> {
  const state = stateOf(reservation, order.history);
  // Another payment than the order's own is none of its business.
  const isOwn = state.payment?.paymentId === report.paymentId;
  const decision = isOwn ? decide(commandOf(report), state) : null;
  if (decision?.kind !== "events") return { order, isRefused: true, isNew: false };
  for (const event of decision.events) await appendEvent(trx, reservation, event);
  const history = [...order.history, ...decision.events];
  return { order: { reservation, history }, isRefused: false, isNew: decision.events.length > 0 };
}

function commandOf(report: PaymentReport): Command {
  switch (report.payment) {
    case "captured":
      return { kind: "confirm" };
    case "failed":
      return { kind: "fail", why: report.why };
    case "refunded":
      return { ...report, kind: "take_refunded" };
    case "refund_failed":
      return { ...report, kind: "take_refund_failed" };
    case "refunded_outside":
      return { ...report, kind: "take_refunded_outside" };
    default:
      return report satisfies never;
  }
}

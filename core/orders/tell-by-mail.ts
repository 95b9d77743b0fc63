import type { Warn } from "../log.ts";
import type { MailQueue } from "../mail/mail-queue.sqs.ts";
import { mailsOf } from "../mail/order-mail.ts";
import type { OrderId } from "../ids.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import type { PaymentReport } from "../reservation/payment-task.ts";
import { lateId } from "../reservation/refunds.ts";
import type { Reservation } from "../reservation/reservation.ts";
import type { Wish } from "../reservation/wish.ts";
import type { RecordedOrder } from "./recorded-order.ts";

export type TellingDependencies = {
  readonly mails: Pick<MailQueue, "sendAll">;
  readonly warn: Warn;
};

/** What the messages of a run are about: orders that they bring to be decided, wishes, and the provider's words. */
export type Brought = {
  readonly brought: readonly Reservation[];
  readonly wishes: readonly Wish[];
  readonly reports: readonly PaymentReport[];
};

type IsToTell = (orderId: OrderId, event: ReservationEvent) => boolean;

/**
 * Which events the messages of a run have led to, now or when they came before. All others were told in their own time,
 * which may be so long ago that the mark of their mail is gone.
 */
export function eventsToTell({ brought, wishes, reports }: Brought): IsToTell {
  const captures = reports.filter(({ payment }) => payment === "captured" || payment === "failed");
  const decided = new Set<string>([...brought, ...captures].map(({ orderId }) => orderId));
  const named = new Set<string>([
    ...wishes.map(({ orderId, wishId }) => `${orderId} ${wishId}`),
    ...reports.flatMap((report) =>
      report.payment === "refunded"
        ? [`${report.orderId} refunded:${report.attempt}`, `${report.orderId} ${lateId(report.attempt)}`]
        : [],
    ),
  ]);
  return (orderId, { kind, id }) =>
    kind === "confirmed" || kind === "rejected" || kind === "failed"
      ? decided.has(orderId)
      : named.has(`${orderId} ${id}`);
}

/**
 * Puts the mails that are due into their own queue: nothing of an order waits for them. A message that comes again puts
 * them there again, and a mark for each has it sent once. Answers the reservations whose messages must come again.
 */
export async function haveToldByMail(
  { mails, warn }: TellingDependencies,
  orders: readonly RecordedOrder[],
  isToTell: IsToTell,
): Promise<Reservation[]> {
  try {
    await mails.sendAll(
      orders.flatMap((order) => mailsOf(order, (event) => isToTell(order.reservation.orderId, event))),
    );
    return [];
  } catch (error) {
    warn("buyers cannot be told by mail yet", { orders: orders.length, error });
    return orders.map(({ reservation }) => reservation);
  }
}

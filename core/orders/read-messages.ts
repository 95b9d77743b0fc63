import type { OrderId } from "../ids.ts";
import type { Warn } from "../log.ts";
import { parseMessage, type ReservationMessage } from "../reservation/order-message.ts";
import { parsePaymentReport, type PaymentReport } from "../reservation/payment-task.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { parseWish, type Wish } from "../reservation/wish.ts";

export type OrderMessage = { readonly messageId: string; readonly body: string };

export type ReadMessages = {
  /** Of sales that are free of payment: each order once, however many messages bring it. */
  readonly reservations: readonly Reservation[];
  /** Holds that something became of; likewise, each with the most that any message says of it. */
  readonly holds: readonly ReservationMessage[];
  readonly wishes: readonly Wish[];
  readonly reports: readonly PaymentReport[];
  /** Each order with the ids of the messages that are about it. */
  readonly messageIds: ReadonlyMap<OrderId, readonly string[]>;
  /** Nothing of all this: this platform did not write them. */
  readonly unreadable: readonly string[];
};

const isHold = ({ reservation }: ReservationMessage): boolean => reservation.heldUntilMs !== undefined;

/** Reads a batch: a message is a reservation, a wish about one, or what the payment provider said about one. */
export function readMessages(messages: readonly OrderMessage[], warn: Warn): ReadMessages {
  const byOrder = new Map<OrderId, ReservationMessage>();
  const byWish = new Map<string, Wish>();
  const reports: PaymentReport[] = [];
  const messageIds = new Map<OrderId, string[]>();
  const unreadable: string[] = [];
  for (const { messageId, body } of messages) {
    try {
      const { orderId } = take(body);
      messageIds.set(orderId, [...(messageIds.get(orderId) ?? []), messageId]);
    } catch (error) {
      warn("a message is neither a reservation nor about one", { messageId, error });
      unreadable.push(messageId);
    }
  }

  function take(body: string): { readonly orderId: OrderId } {
    if (body.includes('"wish":')) {
      const wish = parseWish(body);
      byWish.set(wish.wishId, wish);
      return wish;
    }
    if (body.includes('"payment":')) {
      const report = parsePaymentReport(body);
      reports.push(report);
      return report;
    }
    const read = parseMessage(body);
    const { orderId } = read.reservation;
    const known = byOrder.get(orderId);
    if (!known || known.events.length <= read.events.length) byOrder.set(orderId, read);
    return read.reservation;
  }

  const all = [...byOrder.values()];
  return {
    reservations: all.filter((message) => !isHold(message)).map(({ reservation }) => reservation),
    holds: all.filter(isHold),
    wishes: [...byWish.values()],
    reports,
    messageIds,
    unreadable,
  };
}

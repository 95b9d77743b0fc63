import type { OrderId } from "../ids.ts";
import type { Warn } from "../log.ts";
import { parseReservation, type Reservation } from "../reservation/reservation.ts";
import { parseWish, type Wish } from "../reservation/wish.ts";

export type OrderMessage = { readonly messageId: string; readonly body: string };

export type ReadMessages = {
  /** Each order once, however many messages bring it. */
  readonly reservations: readonly Reservation[];
  readonly wishes: readonly Wish[];
  /** Each order with the ids of the messages that are about it. */
  readonly messageIds: ReadonlyMap<OrderId, readonly string[]>;
  /** Neither a reservation nor a wish: this platform did not write them. */
  readonly unreadable: readonly string[];
};

/** Reads a batch: a message is a reservation, or a wish about one. */
export function readMessages(messages: readonly OrderMessage[], warn: Warn): ReadMessages {
  const byOrder = new Map<OrderId, Reservation>();
  const byWish = new Map<string, Wish>();
  const messageIds = new Map<OrderId, string[]>();
  const unreadable: string[] = [];
  for (const { messageId, body } of messages) {
    try {
      const read = body.includes('"wish":') ? parseWish(body) : parseReservation(body);
      if ("wish" in read) byWish.set(read.wishId, read);
      else byOrder.set(read.orderId, read);
      messageIds.set(read.orderId, [...(messageIds.get(read.orderId) ?? []), messageId]);
    } catch (error) {
      warn("a message is neither a reservation nor a wish", { messageId, error });
      unreadable.push(messageId);
    }
  }
  return { reservations: [...byOrder.values()], wishes: [...byWish.values()], messageIds, unreadable };
}

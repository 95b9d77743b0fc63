import { faultPoint } from "../fault-point.ts";
import type { OrderId } from "../ids.ts";
import { mailsOf } from "../mail/order-mail.ts";
import type { MailQueue } from "../mail/mail-queue.sqs.ts";
import type { Measure } from "../metrics.ts";
import { namesOf, type Reservation } from "../reservation/reservation.ts";
import type { Wish } from "../reservation/wish.ts";
import { decideStale, type StaleDependencies } from "./decide-stale.ts";
import { decideWish } from "./decide-wish.postgres.ts";
import { type OrderMessage, readMessages } from "./read-messages.ts";
import { recordOrders } from "./record-orders.postgres.ts";
import { type RecordedOrder, rejectionOf } from "./recorded-order.ts";
import { settleUnits } from "./settle-units.ts";

export type ConsumerDependencies = StaleDependencies & {
  readonly measure: Measure;
  readonly mails: Pick<MailQueue, "sendAll">;
};

/**
 * Writes a batch of order messages to PostgreSQL and decides on wishes. Then it copies the events into the ledger, and last
 * gives units back to the gate, and has the buyers told by mail. Safe to repeat at any point, and for any message delivered
 * twice or out of order.
 *
 * @returns the ids of the messages to redeliver: unreadable ones, those of no sale or without a ledger entry, and those
 * that must wait for a recovery. The queue moves what keeps failing to the dead letters.
 * @throws when a store does not answer: the whole batch is redelivered.
 */
export async function consumeOrders(
  deps: ConsumerDependencies,
  messages: readonly OrderMessage[],
): Promise<string[]> {
  const { reservations, wishes, messageIds, unreadable } = readMessages(messages, deps.warn);
  const wished = await reservationsOf(deps, wishes);
  const together = new Map(
    [...wished, ...reservations].map((reservation) => [reservation.orderId, reservation]),
  );
  const { recorded, stale, failed } = await recordOrders(deps.db, [...together.values()]);
  const late = await decideStale(deps, stale);
  const orders = new Map([...recorded, ...late.recorded].map((order) => [order.reservation.orderId, order]));
  const undecidedWishes = await decideWishes(deps, wishes, orders);
  await faultPoint("consumer_after_commit");
  await copyToLedger(deps, [...orders.values()]);
  await faultPoint("consumer_after_copy");
  const unsettled = await settleUnits(deps, [...orders.values()]);
  const untold = await haveToldByMail(deps, [...orders.values()]);

  for (const { reservation, error } of failed)
    deps.warn("an order cannot be recorded", { ...namesOf(reservation), error });
  reportRejections(deps, [...orders.values()]);
  const again = new Set<OrderId>([
    ...[...failed.map(({ reservation }) => reservation), ...late.undecided, ...unsettled, ...untold].map(
      ({ orderId }) => orderId,
    ),
    ...undecidedWishes,
  ]);
  return [...unreadable, ...[...again].flatMap((orderId) => messageIds.get(orderId) ?? [])];
}

/** The reservations that wishes are about: a wish may come before the message of its order, and is decided with it. */
async function reservationsOf(
  { ledger }: StaleDependencies,
  wishes: readonly Wish[],
): Promise<Reservation[]> {
  const entries = await Promise.all(wishes.map(({ orderId, buyerId }) => ledger.get(orderId, buyerId)));
  return entries.flatMap((entry) => (entry ? [entry.reservation] : []));
}

/** Decides on wishes, in turn; `orders` then has their outcome. Answers the orders whose messages must come again. */
async function decideWishes(
  { db, warn }: StaleDependencies,
  wishes: readonly Wish[],
  orders: Map<OrderId, RecordedOrder>,
): Promise<OrderId[]> {
  const undecided: OrderId[] = [];
  for (const wish of wishes) {
    const order = orders.get(wish.orderId);
    const decided = order && (await decideWish(db, wish, order.reservation));
    if (decided) orders.set(wish.orderId, decided);
    else {
      warn("a wish cannot be decided yet", { orderId: wish.orderId, requestId: wish.requestId });
      undecided.push(wish.orderId);
    }
  }
  return undecided;
}

/** A message that bears another order's id changes nothing in the ledger's record of that order. */
async function copyToLedger({ ledger }: StaleDependencies, orders: readonly RecordedOrder[]): Promise<void> {
  await ledger.copyEvents(
    orders
      .filter((order) => rejectionOf(order) !== "conflicting_order")
      .flatMap(({ reservation, history }) => history.map((event) => ({ reservation, event }))),
  );
}

/**
 * Puts the mails that are due into their own queue: nothing of an order waits for them. A message that comes again puts
 * them there again, and a mark for each has it sent once. Answers the reservations whose messages must come again.
 */
async function haveToldByMail(
  { mails, warn }: ConsumerDependencies,
  orders: readonly RecordedOrder[],
): Promise<Reservation[]> {
  try {
    await mails.sendAll(orders.flatMap(mailsOf));
    return [];
  } catch (error) {
    warn("buyers cannot be told by mail yet", { orders: orders.length, error });
    return orders.map(({ reservation }) => reservation);
  }
}

function reportRejections({ warn, measure }: ConsumerDependencies, orders: readonly RecordedOrder[]): void {
  const rejections = orders.flatMap((order) => {
    const reason = rejectionOf(order);
    return reason === null ? [] : [{ ...namesOf(order.reservation), reason }];
  });
  for (const rejection of rejections) warn("an order was rejected", rejection);
  if (rejections.length > 0) measure("RejectedOrders", rejections.length);
}

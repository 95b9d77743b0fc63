import { faultPoint } from "../fault-point.ts";
import type { OrderId } from "../ids.ts";
import type { Measure } from "../metrics.ts";
import { namesOf } from "../reservation/reservation.ts";
import { askForMoney, type Payments } from "./ask-for-money.ts";
import { decideStale, type StaleDependencies } from "./decide-stale.ts";
import { decideWishes, wishedOrders } from "./decide-wishes.ts";
import { placeOrders } from "./place-orders.ts";
import { type OrderMessage, readMessages } from "./read-messages.ts";
import { recordOrders } from "./record-orders.postgres.ts";
import { type RecordedOrder, rejectionOf } from "./recorded-order.ts";
import { settleUnits } from "./settle-units.ts";
import { takeReports } from "./take-reports.ts";
import { eventsToTell, haveToldByMail, type TellingDependencies } from "./tell-by-mail.ts";

export type ConsumerDependencies = StaleDependencies &
  TellingDependencies & {
    readonly measure: Measure;
    readonly payments: Payments;
  };

/**
 * Writes a batch of order messages to PostgreSQL and decides on wishes and on payments. Then it copies the events into the
 * ledger, gives units back to the gate, has money taken or given up, and beside that has the buyers told by mail. Safe to repeat
 * at any point, and for any message delivered twice or out of order.
 *
 * @returns the ids of the messages to redeliver: unreadable ones, those of no sale or without a ledger entry, and those
 * that must wait for a recovery. The queue moves what keeps failing to the dead letters.
 * @throws when a store does not answer: the whole batch is redelivered.
 */
export async function consumeOrders(
  deps: ConsumerDependencies,
  messages: readonly OrderMessage[],
): Promise<string[]> {
  const { reservations, holds, wishes, reports, messageIds, unreadable } = readMessages(messages, deps.warn);
  const wished = await wishedOrders(deps, wishes);
  const together = new Map(
    [...wished.reservations, ...reservations].map((reservation) => [reservation.orderId, reservation]),
  );
  const { recorded, stale, failed } = await recordOrders(deps.db, [...together.values()]);
  const late = await decideStale(deps, stale);
  const placed = await placeOrders(deps, [...wished.holds, ...holds]);
  const orders = new Map(
    [...recorded, ...late.recorded, ...placed.recorded].map((order) => [order.reservation.orderId, order]),
  );
  const undecidedWishes = await decideWishes(deps, wishes, orders, wished);
  const unreported = await takeReports(deps, reports, orders);
  await faultPoint("consumer_after_commit");
  const brought = [...reservations, ...holds.map(({ reservation }) => reservation), ...wished.undecided];
  const [{ unsettled, unpaid }, untold] = await Promise.all([
    carryOut(deps, [...orders.values()]),
    haveToldByMail(deps, [...orders.values()], eventsToTell({ brought, wishes, reports })),
  ]);

  for (const { reservation, error } of failed)
    deps.warn("an order cannot be recorded", { ...namesOf(reservation), error });
  reportRejections(deps, [...orders.values()]);
  const again = new Set<OrderId>([
    ...[
      ...failed.map(({ reservation }) => reservation),
      ...late.undecided,
      ...placed.undecided,
      ...unsettled,
      ...unpaid,
      ...untold,
    ].map(({ orderId }) => orderId),
    ...undecidedWishes,
    ...unreported,
  ]);
  return [...unreadable, ...[...again].flatMap((orderId) => messageIds.get(orderId) ?? [])];
}

/** What the stores beside PostgreSQL are to know; no mail waits for it, nor it for a mail. */
async function carryOut(deps: ConsumerDependencies, orders: readonly RecordedOrder[]) {
  await copyToLedger(deps, orders);
  await faultPoint("consumer_after_copy");
  const unsettled = await settleUnits(deps, orders);
  return { unsettled, unpaid: await askForMoney(deps, orders) };
}

/** A message that bears another order's id changes nothing in the ledger's record of that order. */
async function copyToLedger({ ledger }: StaleDependencies, orders: readonly RecordedOrder[]): Promise<void> {
  await ledger.copyEvents(
    orders
      .filter((order) => rejectionOf(order) !== "conflicting_order")
      .flatMap(({ reservation, history }) => history.map((event) => ({ reservation, event }))),
  );
}

function reportRejections({ warn, measure }: ConsumerDependencies, orders: readonly RecordedOrder[]): void {
  const rejections = orders.flatMap((order) => {
    const reason = rejectionOf(order);
    return reason === null ? [] : [{ ...namesOf(order.reservation), reason }];
  });
  for (const rejection of rejections) warn("an order was rejected", rejection);
  if (rejections.length > 0) measure("RejectedOrders", rejections.length);
}

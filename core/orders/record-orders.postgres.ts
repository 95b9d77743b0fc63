import type { Kysely, Transaction } from "kysely";
import { faultPoint } from "../fault-point.ts";
import { tellSoldOut } from "../events/tell-sale.postgres.ts";
import type { OrderId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { existingOrders } from "./existing-orders.postgres.ts";
import { insertOrders } from "./insert-orders.postgres.ts";
import { isCountedNow, isRefusedNow } from "./present-epoch.ts";
import { confirmed, type RecordedOrder, rejected } from "./recorded-order.ts";
import { isRefusal, lockSales, reasonOf } from "./sale-laws.postgres.ts";

export type RecordedOrders = {
  /** In the database now, with all that became of each. */
  readonly recorded: readonly RecordedOrder[];
  /** Not recorded: made by another life of the gate than the sale's present one. */
  readonly stale: readonly Reservation[];
  /** Not recorded, and never will be as they are: each with its error. */
  readonly failed: readonly { readonly reservation: Reservation; readonly error: unknown }[];
};

/** Orders that the gate of an epoch has decided on, each with that epoch. */
export type DecidedInEpoch = ReadonlyMap<OrderId, number>;

const nothing: RecordedOrders = { recorded: [], stale: [], failed: [] };

/**
 * Writes reservations as order rows, each once. Safe to repeat.
 *
 * One transaction takes them all; if a law or a poison row refuses it, the batch is halved until the refused ones stand
 * alone, so they never hold back their neighbours.
 *
 * @param reservations each order at most once.
 * @param adopted orders of an older epoch that a gate has counted: they are written although stale, unless another epoch
 * has begun since, whose gate may not count them.
 * @throws when the database does not answer; nothing is known of these orders then, and repeating is right.
 */
export async function recordOrders(
  db: Kysely<Database>,
  reservations: readonly Reservation[],
  adopted: DecidedInEpoch = new Map(),
): Promise<RecordedOrders> {
  if (reservations.length === 0) return nothing;
  try {
    return await db.transaction().execute((trx) => recordTogether(trx, reservations, adopted));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (reservations.length > 1) {
      const middle = reservations.length >> 1;
      const first = await recordOrders(db, reservations.slice(0, middle), adopted);
      const second = await recordOrders(db, reservations.slice(middle), adopted);
      return {
        recorded: [...first.recorded, ...second.recorded],
        stale: [...first.stale, ...second.stale],
        failed: [...first.failed, ...second.failed],
      };
    }
    const reservation = reservations[0]!;
    const reason = reasonOf(error);
    if (reason === null) return { ...nothing, failed: [{ reservation, error }] };
    return recordRejected(db, [rejected(reservation, reason)]);
  }
}

/**
 * Writes refused reservations as rejected rows; an order that has a row already keeps it, and that row is the answer.
 *
 * @param refusedIn the epoch of the gate that refused each, if a gate did: once another epoch has begun, its gate may have
 * counted the order, and it is stale again.
 */
export async function recordRejected(
  db: Kysely<Database>,
  refused: readonly RecordedOrder[],
  refusedIn: DecidedInEpoch = new Map(),
): Promise<RecordedOrders> {
  if (refused.length === 0) return nothing;
  return db.transaction().execute(async (trx) => {
    const reservations = refused.map(({ reservation }) => reservation);
    const epochs = await lockSales(trx, reservations);
    const isCurrent = ({ reservation: { orderId, saleId } }: RecordedOrder) =>
      isRefusedNow(refusedIn.get(orderId), epochs.get(saleId));
    await insertOrders(trx, refused.filter(isCurrent));
    const rows = await existingOrders(trx, reservations);
    return {
      recorded: [...rows.values()],
      stale: reservations.filter(({ orderId }) => !rows.has(orderId)),
      failed: [],
    };
  });
}

async function recordTogether(
  trx: Transaction<Database>,
  reservations: readonly Reservation[],
  adopted: DecidedInEpoch,
): Promise<RecordedOrders> {
  const epochs = await lockSales(trx, reservations);
  const known = reservations.filter(({ saleId }) => epochs.has(saleId));
  const isCurrent = ({ saleId, orderId, epoch }: Reservation) =>
    isCountedNow(epoch, adopted.get(orderId), epochs.get(saleId));

  const current = known.filter(isCurrent).map(confirmed);
  const insertedIds = await insertOrders(trx, current);
  await faultPoint("consumer_inside_transaction");

  const others = known.filter(({ orderId }) => !insertedIds.has(orderId));
  const rows = await existingOrders(trx, others);
  const missing = others.filter(({ orderId }) => !rows.has(orderId));
  // The index of a buyer's numbers refused them: another order has their number.
  const second = missing.filter(isCurrent).map((reservation) => rejected(reservation, "over_purchase_limit"));
  await insertOrders(trx, second);
  if (insertedIds.size > 0) await tellSoldOut(trx, [...epochs.keys()]);
  return {
    recorded: [
      ...current.filter(({ reservation }) => insertedIds.has(reservation.orderId)),
      ...rows.values(),
      ...second,
    ],
    stale: missing.filter((reservation) => !isCurrent(reservation)),
    failed: reservations
      .filter(({ saleId }) => !epochs.has(saleId))
      .map((reservation) => ({ reservation, error: new Error(`there is no sale ${reservation.saleId}`) })),
  };
}

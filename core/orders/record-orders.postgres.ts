import type { Kysely, Transaction } from "kysely";
import { faultPoint } from "../fault-point.ts";
import type { OrderId } from "../ids.ts";
import type { RejectionReason } from "../reservation/ledger.ts";
import type { Reservation } from "../reservation/reservation.ts";
import type { Database } from "../postgres/database.ts";
import { existingOrders } from "./existing-orders.postgres.ts";
import { insertOrders } from "./insert-orders.postgres.ts";
import { confirmed, rejected, type SettledReservation } from "./record-orders.ts";
import { lockSales, OverPurchaseLimit, raiseSold, refuseOverLimit } from "./sale-laws.postgres.ts";

export type RecordedOrders = {
  /** In the database now, confirmed or rejected. */
  readonly settled: readonly SettledReservation[];
  /** Not recorded: made by another life of the gate than the sale's present one. */
  readonly stale: readonly Reservation[];
  /** Not recorded, and never will be as they are: each with its error. */
  readonly failed: readonly { readonly reservation: Reservation; readonly error: unknown }[];
};

const nothing: RecordedOrders = { settled: [], stale: [], failed: [] };

/**
 * Writes reservations as order rows, each once, and raises `sales.sold` by what is new. Safe to repeat.
 *
 * One transaction takes them all; if a law or a poison row refuses it, the batch is halved until the refused ones stand
 * alone, so they never hold back their neighbours.
 *
 * @param reservations each order at most once.
 * @param adopted orders of an older epoch that the gate has counted, each with the sale's epoch before the gate was asked:
 * they are written although stale, unless another epoch has begun since, whose gate may not count them.
 * @throws when the database does not answer; nothing is known of these orders then, and repeating is right.
 */
export async function recordOrders(
  db: Kysely<Database>,
  reservations: readonly Reservation[],
  adopted: ReadonlyMap<OrderId, number> = new Map(),
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
        settled: [...first.settled, ...second.settled],
        stale: [...first.stale, ...second.stale],
        failed: [...first.failed, ...second.failed],
      };
    }
    const reservation = reservations[0]!;
    const reason = reasonOf(error);
    if (reason === null) return { ...nothing, failed: [{ reservation, error }] };
    return { ...nothing, settled: await recordRejected(db, [rejected(reservation, reason)]) };
  }
}

/** Writes refused reservations as rejected rows; an order that has a row already keeps it, and that row is the answer. */
export async function recordRejected(
  db: Kysely<Database>,
  refused: readonly SettledReservation[],
): Promise<readonly SettledReservation[]> {
  return db.transaction().execute(async (trx) => {
    await insertOrders(trx, refused);
    const rows = await existingOrders(
      trx,
      refused.map((one) => one.reservation),
    );
    return refused.map((one) => ({
      ...one,
      settlement: rows.get(one.reservation.orderId) ?? one.settlement,
    }));
  });
}

async function recordTogether(
  trx: Transaction<Database>,
  reservations: readonly Reservation[],
  adopted: ReadonlyMap<OrderId, number>,
): Promise<RecordedOrders> {
  const sales = await lockSales(trx, reservations);
  const failed = reservations
    .filter((one) => !sales.has(one.saleId))
    .map((reservation) => ({ reservation, error: new Error(`there is no sale ${reservation.saleId}`) }));
  const known = reservations.filter((one) => sales.has(one.saleId));
  const isCurrent = (one: Reservation) => {
    const { epoch } = sales.get(one.saleId)!;
    return one.epoch === epoch || adopted.get(one.orderId) === epoch;
  };
  const current = known.filter(isCurrent);

  const insertedIds = await insertOrders(trx, current.map(confirmed));
  const inserted = current.filter((one) => insertedIds.has(one.orderId));
  await raiseSold(trx, inserted);
  await refuseOverLimit(trx, inserted, sales);
  await faultPoint("consumer_inside_transaction");

  const others = known.filter((one) => !insertedIds.has(one.orderId));
  const rows = await existingOrders(trx, others);
  const repeated = others.flatMap((reservation) => {
    const settlement = rows.get(reservation.orderId);
    return settlement ? [{ reservation, settlement }] : [];
  });
  const missing = others.filter((one) => !rows.has(one.orderId));
  const second = missing.filter(isCurrent).map((one) => rejected(one, "over_purchase_limit"));
  await insertOrders(trx, second);
  return {
    settled: [...inserted.map(confirmed), ...repeated, ...second],
    stale: missing.filter((one) => !isCurrent(one)),
    failed,
  };
}

type PostgresError = { readonly code?: string; readonly constraint?: string };

/** Integrity violations (class 23) and bad data (class 22) are answers; anything else means that we do not know. */
const isRefusal = (error: unknown): boolean =>
  error instanceof OverPurchaseLimit || /^2[23]/.test((error as PostgresError).code ?? "");

/** The law that a single order broke; null: it is poison. */
function reasonOf(error: unknown): RejectionReason | null {
  if (error instanceof OverPurchaseLimit) return "over_purchase_limit";
  return (error as PostgresError).constraint === "sales_sold_within_allocated" ? "beyond_allocation" : null;
}

import { type Kysely, sql } from "kysely";
import type { Database } from "../postgres/database.ts";
import type { ReservationMessage } from "../reservation/order-message.ts";
import { existingOrders } from "./existing-orders.postgres.ts";
import type { RecordedOrder } from "./recorded-order.ts";

/**
 * Records holds that ended unpaid, each as a row without units and the event that ended it, in one transaction. No law can
 * refuse them: they count for nothing. Safe to repeat.
 *
 * @param ended each with its first event, which is its last.
 * @returns those that have a row now, as the row says.
 * @throws when the database does not answer, and when one of them is poison: none is written then.
 */
export async function recordEnded(
  db: Kysely<Database>,
  ended: readonly ReservationMessage[],
): Promise<RecordedOrder[]> {
  if (ended.length === 0) return [];
  const column = <T>(pick: (message: ReservationMessage) => T) => ended.map(pick);
  return db.transaction().execute(async (trx) => {
    await sql`
      select record_ended_holds(
        ${column((m) => m.reservation.orderId)}::text[],
        ${column((m) => m.reservation.saleId)}::text[],
        ${column((m) => m.reservation.buyerId)}::text[],
        ${column((m) => m.reservation.n)}::int[],
        ${column((m) => m.reservation.quantity)}::int[],
        ${column((m) => m.reservation.place)}::int[],
        ${column((m) => m.reservation.epoch)}::int[],
        ${column((m) => JSON.stringify(m.events[0]))}::jsonb[],
        ${column((m) => m.reservation.requestId)}::text[],
        ${column((m) => m.reservation.traceId ?? null)}::text[],
        ${column((m) => new Date(m.reservation.reservedAtMs))}::timestamptz[])`.execute(trx);
    const rows = await existingOrders(
      trx,
      ended.map(({ reservation }) => reservation),
    );
    return [...rows.values()];
  });
}

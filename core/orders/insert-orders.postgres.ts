import { sql, type Transaction } from "kysely";
import type { OrderId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { SettledReservation } from "./record-orders.ts";

/**
 * Inserts orders in one statement, however many; those that any unique index refuses are left out.
 *
 * The conflict clause names no index on purpose: whichever law refuses a row, its neighbours go in. Arrays through
 * `unnest` keep the statement's text the same for every batch size.
 *
 * @returns the ids that were inserted.
 */
export async function insertOrders(
  trx: Transaction<Database>,
  orders: readonly SettledReservation[],
): Promise<Set<OrderId>> {
  if (orders.length === 0) return new Set();
  const column = <T>(pick: (order: SettledReservation) => T) => orders.map(pick);
  const { rows } = await sql<{ id: OrderId }>`
    insert into orders
      (id, sale_id, buyer_id, n, quantity, place, epoch, state, rejected_reason, request_id, trace_id, reserved_at)
    select * from unnest(
      ${column((o) => o.reservation.orderId)}::text[],
      ${column((o) => o.reservation.saleId)}::text[],
      ${column((o) => o.reservation.buyerId)}::text[],
      ${column((o) => o.reservation.n)}::int[],
      ${column((o) => o.reservation.quantity)}::int[],
      ${column((o) => o.reservation.place)}::int[],
      ${column((o) => o.reservation.epoch)}::int[],
      ${column((o) => o.settlement.state)}::text[],
      ${column(reason)}::text[],
      ${column((o) => o.reservation.requestId)}::text[],
      ${column((o) => o.reservation.traceId ?? null)}::text[],
      ${column((o) => new Date(o.reservation.reservedAtMs))}::timestamptz[])
    on conflict do nothing
    returning id`.execute(trx);
  return new Set(rows.map((row) => row.id));
}

const reason = ({ settlement }: SettledReservation) =>
  settlement.state === "rejected" ? settlement.reason : null;

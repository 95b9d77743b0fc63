import { sql, type Transaction } from "kysely";
import type { OrderId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { type RecordedOrder, rejectionOf } from "./recorded-order.ts";

/**
 * Inserts orders with their first event in one statement, however many, and counts their units; those that any unique
 * index refuses are left out. Arrays keep the statement's text the same for every batch size.
 *
 * @returns the ids that were inserted.
 * @throws the violation of `sales_sold_within_allocated` or `buyer_units_within_limit`; nothing is inserted then.
 */
export async function insertOrders(
  trx: Transaction<Database>,
  orders: readonly RecordedOrder[],
): Promise<Set<OrderId>> {
  if (orders.length === 0) return new Set();
  const column = <T>(pick: (order: RecordedOrder) => T) => orders.map(pick);
  const { rows } = await sql<{ id: OrderId }>`
    select record_orders(
      ${column((o) => o.reservation.orderId)}::text[],
      ${column((o) => o.reservation.saleId)}::text[],
      ${column((o) => o.reservation.buyerId)}::text[],
      ${column((o) => o.reservation.n)}::int[],
      ${column((o) => o.reservation.quantity)}::int[],
      ${column((o) => o.reservation.place)}::int[],
      ${column((o) => o.reservation.epoch)}::int[],
      ${column(rejectionOf)}::text[],
      ${column((o) => o.reservation.requestId)}::text[],
      ${column((o) => o.reservation.traceId ?? null)}::text[],
      ${column((o) => new Date(o.reservation.reservedAtMs))}::timestamptz[]) as id`.execute(trx);
  return new Set(rows.map((row) => row.id));
}

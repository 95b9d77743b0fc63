import { sql, type Transaction } from "kysely";
import type { OrderId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { parseEvent } from "../reservation/event-item.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { type RecordedOrder, rejected } from "./recorded-order.ts";

/** What the rows that are there already say of these reservations; those without a row are left out. */
export async function existingOrders(
  trx: Transaction<Database>,
  reservations: readonly Reservation[],
): Promise<Map<OrderId, RecordedOrder>> {
  if (reservations.length === 0) return new Map();
  const rows = await trx
    .selectFrom("orders")
    .innerJoin("order_events", "order_id", "id")
    .select(["id", "sale_id", "buyer_id", "quantity"])
    .select(sql<unknown[]>`jsonb_agg(detail order by number)`.as("history"))
    .where("id", "=", sql<OrderId>`any(${reservations.map(({ orderId }) => orderId)}::text[])`)
    .groupBy("id")
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const orders = new Map<OrderId, RecordedOrder>();
  for (const reservation of reservations) {
    const row = byId.get(reservation.orderId);
    if (!row) continue;
    const isSame =
      row.sale_id === reservation.saleId &&
      row.buyer_id === reservation.buyerId &&
      row.quantity === reservation.quantity;
    orders.set(
      reservation.orderId,
      isSame
        ? { reservation, history: row.history.map(parseEvent) }
        : rejected(reservation, "conflicting_order"),
    );
  }
  return orders;
}

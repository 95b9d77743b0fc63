import { sql, type Transaction } from "kysely";
import type { OrderId } from "../ids.ts";
import type { Settlement } from "../reservation/ledger.ts";
import type { Reservation } from "../reservation/reservation.ts";
import type { Database } from "../postgres/database.ts";

/** What the rows that are there already say of these reservations; those without a row are left out. */
export async function existingOrders(
  trx: Transaction<Database>,
  reservations: readonly Reservation[],
): Promise<Map<OrderId, Settlement>> {
  if (reservations.length === 0) return new Map();
  const rows = await trx
    .selectFrom("orders")
    .select(["id", "sale_id", "buyer_id", "quantity", "rejected_reason"])
    .where("id", "=", sql<OrderId>`any(${reservations.map((one) => one.orderId)}::text[])`)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found = new Map<OrderId, Settlement>();
  for (const one of reservations) {
    const row = byId.get(one.orderId);
    if (!row) continue;
    const isSame =
      row.sale_id === one.saleId && row.buyer_id === one.buyerId && row.quantity === one.quantity;
    if (!isSame) found.set(one.orderId, { state: "rejected", reason: "conflicting_order" });
    else if (row.rejected_reason === null) found.set(one.orderId, { state: "confirmed" });
    else found.set(one.orderId, { state: "rejected", reason: row.rejected_reason });
  }
  return found;
}

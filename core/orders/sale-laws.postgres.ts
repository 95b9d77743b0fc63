import { sql, type Transaction } from "kysely";
import type { BuyerId, SaleId } from "../ids.ts";
import type { Reservation } from "../reservation/reservation.ts";
import type { Database } from "../postgres/database.ts";

export type LockedSale = { readonly epoch: number; readonly purchaseLimit: number };

/** Takes the batch's sales, in the order of their ids so that no two batches wait for each other. */
export async function lockSales(
  trx: Transaction<Database>,
  reservations: readonly Reservation[],
): Promise<Map<SaleId, LockedSale>> {
  const ids = [...new Set(reservations.map((one) => one.saleId))];
  const rows = await trx
    .selectFrom("sales")
    .select(["id", "epoch", "purchase_limit"])
    .where("id", "in", ids)
    .orderBy("id")
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.id, { epoch: row.epoch, purchaseLimit: row.purchase_limit }]));
}

/** @throws the violation of `sales_sold_within_allocated` when more would be sold than allocated. */
export async function raiseSold(trx: Transaction<Database>, orders: readonly Reservation[]): Promise<void> {
  const units = new Map<SaleId, number>();
  for (const one of orders) units.set(one.saleId, (units.get(one.saleId) ?? 0) + one.quantity);
  for (const [saleId, quantity] of units)
    await trx
      .updateTable("sales")
      .set((eb) => ({ sold: eb("sold", "+", quantity) }))
      .where("id", "=", saleId)
      .execute();
}

/** Thrown inside the transaction, to undo it. */
export class OverPurchaseLimit extends Error {}

/**
 * The unique index knows the first unit of each order; where a buyer may have several, their sum is checked as well.
 * The sale's row is locked, so no other transaction adds to it meanwhile.
 */
export async function refuseOverLimit(
  trx: Transaction<Database>,
  inserted: readonly Reservation[],
  sales: ReadonlyMap<SaleId, LockedSale>,
): Promise<void> {
  for (const [saleId, { purchaseLimit }] of sales) {
    const buyers = inserted.filter((one) => one.saleId === saleId).map((one) => one.buyerId);
    if (purchaseLimit === 1 && inserted.every((one) => one.quantity === 1 && one.n === 1)) continue;
    if (buyers.length === 0) continue;
    const over = await trx
      .selectFrom("orders")
      .select("buyer_id")
      .where("sale_id", "=", saleId)
      .where("state", "=", "confirmed")
      .where("buyer_id", "=", sql<BuyerId>`any(${buyers}::text[])`)
      .groupBy("buyer_id")
      .having((eb) => eb.fn.sum("quantity"), ">", purchaseLimit)
      .execute();
    if (over.length > 0)
      throw new OverPurchaseLimit(`${over.length} buyers of ${saleId} would have too many units`);
  }
}

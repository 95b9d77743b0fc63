import type { Transaction } from "kysely";
import type { RejectionReason } from "../contract/order.ts";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";

/** Takes the batch's sales, in the order of their ids so that no two batches wait for each other. Answers their epochs. */
export async function lockSales(
  trx: Transaction<Database>,
  orders: readonly { readonly saleId: SaleId }[],
): Promise<Map<SaleId, number>> {
  const rows = await trx
    .selectFrom("sales")
    .select(["id", "epoch"])
    .where("id", "in", [...new Set(orders.map(({ saleId }) => saleId))])
    .orderBy("id")
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.id, row.epoch]));
}

type PostgresError = { readonly code?: string; readonly constraint?: string };

/** Integrity violations (class 23) and bad data (class 22) are answers; anything else means that we do not know. */
export const isRefusal = (error: unknown): boolean => /^2[23]/.test((error as PostgresError).code ?? "");

/** The law that a single order broke; null: it is poison. */
export function reasonOf(error: unknown): RejectionReason | null {
  switch ((error as PostgresError).constraint) {
    case "buyer_units_within_limit":
      return "over_purchase_limit";
    case "sales_sold_within_allocated":
      return "beyond_allocation";
    default:
      return null;
  }
}

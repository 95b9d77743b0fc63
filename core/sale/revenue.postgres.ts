import { type Kysely, sql } from "kysely";
import type { Revenue } from "../contract/revenue.ts";
import type { Database } from "../postgres/database.ts";
import type { Sale } from "./sale.ts";

/**
 * What a sale has brought in, from its order rows: their units at the sale's price, which never changes once it has begun.
 * Only what was confirmed counts: a placed order still waits for its money, and for one that failed it never came.
 */
export async function revenueOf(
  db: Kysely<Database>,
  { saleId, priceMinor, currency }: Pick<Sale, "saleId" | "priceMinor" | "currency">,
): Promise<Revenue> {
  const { sold, left, captured, refunded } = await db
    .selectFrom("orders")
    .select([
      sql<string>`coalesce(sum(quantity), 0)`.as("sold"),
      sql<string>`coalesce(sum(units_left), 0)`.as("left"),
      sql<string>`coalesce(sum(captured_minor), 0)`.as("captured"),
      sql<string>`coalesce(sum(refunded_minor), 0)`.as("refunded"),
    ])
    .where("sale_id", "=", saleId)
    .where("state", "in", ["confirmed", "returned", "refunded"])
    .executeTakeFirstOrThrow();
  const [soldUnits, returnedUnits] = [Number(sold), Number(sold) - Number(left)];
  const [soldMinor, returnedMinor] = [soldUnits * priceMinor, returnedUnits * priceMinor];
  return {
    currency,
    soldUnits,
    soldMinor,
    returnedUnits,
    returnedMinor,
    netMinor: soldMinor - returnedMinor,
    capturedMinor: Number(captured),
    refundedMinor: Number(refunded),
  };
}

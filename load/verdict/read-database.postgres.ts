import { connectDatabase } from "../../core/postgres/connect.postgres.ts";
import type { SaleId } from "../../core/ids.ts";
import type { DatabaseFacts } from "./facts.ts";

/** Reads a sale's row and all its orders at one instant. @throws if there is no such sale. */
export async function readDatabase(databaseUrl: string, saleId: SaleId): Promise<DatabaseFacts> {
  const db = connectDatabase(databaseUrl);
  try {
    return await db
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute(async (trx) => {
        const sale = await trx
          .selectFrom("sales")
          .select(["allocated", "sold", "withheld", "purchase_limit as purchaseLimit"])
          .where("id", "=", saleId)
          .executeTakeFirstOrThrow();
        const rows = await trx
          .selectFrom("orders")
          .select(["id as orderId", "buyer_id as buyerId", "n", "quantity", "place", "state"])
          .select(["units_left as unitsLeft", "units_withheld as unitsWithheld", "refunded_minor"])
          .where("sale_id", "=", saleId)
          .execute();
        const buyers = await trx
          .selectFrom("buyer_units")
          .select(["buyer_id", "units"])
          .where("sale_id", "=", saleId)
          .execute();
        const buyerUnits = new Map(buyers.map(({ buyer_id, units }) => [buyer_id, units]));
        return {
          ...sale,
          buyerUnits,
          rows: rows.map(({ refunded_minor, ...row }) => ({ ...row, refundedMinor: Number(refunded_minor) })),
        };
      });
  } finally {
    await db.destroy();
  }
}

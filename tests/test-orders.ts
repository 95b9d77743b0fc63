import { type Kysely, sql } from "kysely";
import { afterAll } from "vitest";
import { connectDatabase } from "../core/postgres/connect.postgres.ts";
import type { Database } from "../core/postgres/database.ts";
import type { SaleId } from "../core/ids.ts";
import { functionsUrl } from "../local/functions-url.ts";
import { insertSale } from "../core/sale/sales.postgres.ts";
import type { Sale } from "../core/sale/sale.ts";
import { aSale } from "./test-sale.ts";

/** The merchant's records of a test file, as the functions see them, closed at its end. Call it after `testStores`. */
export function testOrders(databaseUrl: string) {
  const db: Kysely<Database> = connectDatabase(functionsUrl(databaseUrl));
  afterAll(() => db.destroy());

  return {
    db,

    /** A sale in PostgreSQL, its first epoch begun. */
    insert: async (settings: Partial<Sale> = {}): Promise<Sale> => {
      const sale = aSale(settings);
      await insertSale(db, sale, { creationKey: sale.saleId, creationHash: "hash" });
      return sale;
    },

    /** A sale's rows by place, without what only the database knows. */
    rowsOf: (saleId: SaleId) =>
      db
        .selectFrom("orders")
        .selectAll()
        .where("sale_id", "=", saleId)
        .orderBy("place")
        .orderBy("id")
        .execute(),

    /** `sales.sold`. @throws unless it is what the confirmed rows have left, and within the allocation. */
    soldOf: async (saleId: SaleId): Promise<number> => {
      const { rows } = await sql<{ sold: number; allocated: number; confirmed: number }>`
        select sold, allocated, (
          select coalesce(sum(units_left), 0)::int from orders where sale_id = sales.id and state = 'confirmed'
        ) as confirmed from sales where id = ${saleId}`.execute(db);
      const { sold = -1, allocated = -1, confirmed = -2 } = rows[0] ?? {};
      if (sold !== confirmed || sold > allocated)
        throw new Error(`sold ${sold}, confirmed rows ${confirmed}, allocated ${allocated}`);
      return sold;
    },
  };
}

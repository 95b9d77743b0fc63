import { type Kysely, sql } from "kysely";
import { afterAll } from "vitest";
import { connectDatabase } from "../../core/postgres/connect.postgres.ts";
import type { Database } from "../../core/postgres/database.ts";
import type { SaleId } from "../../core/ids.ts";
import type { RecordedOrder } from "../../core/orders/recorded-order.ts";
import { stateAfter } from "../../core/reservation/lifecycle.ts";
import { functionsUrl } from "../../local/functions-url.ts";
import { insertSale } from "../../core/sale/sales.postgres.ts";
import type { Sale } from "../../core/sale/sale.ts";
import { aSale } from "./test-sale.ts";

/** What became of an order. */
export const kindOf = ({ reservation, history }: RecordedOrder) =>
  stateAfter(reservation.quantity, history).kind;

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

    /** `sales.sold`. @throws unless it is the sum of the rows and of the buyers, and within the allocation. */
    soldOf: async (saleId: SaleId): Promise<number> => {
      const { rows } = await sql<{ sold: number; allocated: number; inRows: number; ofBuyers: number }>`
        select sold, allocated,
          (select coalesce(sum(units_left), 0)::int from orders where sale_id = sales.id) as "inRows",
          (select coalesce(sum(units), 0)::int from buyer_units where sale_id = sales.id) as "ofBuyers"
        from sales where id = ${saleId}`.execute(db);
      const { sold = -1, allocated = -1, inRows = -2, ofBuyers = -2 } = rows[0] ?? {};
      if (sold !== inRows || sold !== ofBuyers || sold > allocated)
        throw new Error(`sold ${sold}, in rows ${inRows}, of buyers ${ofBuyers}, allocated ${allocated}`);
      return sold;
    },
  };
}

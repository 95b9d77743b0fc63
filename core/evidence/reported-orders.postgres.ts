import type { Kysely } from "kysely";
import type { OrderId, SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { orderLine, orderTally, type ReportedOrder } from "./order-lines.ts";

const ROWS_AT_ONCE = 10_000;

/** Orders of a sale by their ids, behind one of them. */
async function ordersAfter(
  db: Kysely<Database>,
  saleId: SaleId,
  after: OrderId | null,
): Promise<(ReportedOrder & { readonly orderId: OrderId })[]> {
  const rows = await db
    .selectFrom("orders")
    .select(["id", "place", "quantity", "units_left", "units_withheld", "state", "reserved_at"])
    .where("sale_id", "=", saleId)
    .$if(after !== null, (query) => query.where("id", ">", after!))
    .orderBy("id")
    .limit(ROWS_AT_ONCE)
    .execute();
  return rows.map((row) => ({
    orderId: row.id,
    place: row.place,
    quantity: row.quantity,
    unitsLeft: row.units_left,
    unitsWithheld: row.units_withheld,
    state: row.state,
    reservedAtMs: row.reserved_at.getTime(),
  }));
}

/** All orders and recoveries of a sale at one instant, counted and hashed. */
export const tallyOf = (db: Kysely<Database>, saleId: SaleId) =>
  db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (trx) => {
      const tally = orderTally();
      let after: OrderId | null = null;
      do {
        const page: Awaited<ReturnType<typeof ordersAfter>> = await ordersAfter(trx, saleId, after);
        for (const order of page) tally.add(order);
        after = page.length < ROWS_AT_ONCE ? null : page.at(-1)!.orderId;
      } while (after !== null);
      const recoveries = await trx
        .selectFrom("recoveries")
        .select(["epoch", "why", "started_at", "finished_at"])
        .where("sale_id", "=", saleId)
        .orderBy("epoch")
        .execute();
      return { tally: tally.end(), recoveries };
    });

/** A page of the list that a report's hash is of; `next` is null on the last one. */
export async function orderLines(
  db: Kysely<Database>,
  saleId: SaleId,
  after: OrderId | null,
): Promise<{ readonly text: string; readonly next: OrderId | null }> {
  const page = await ordersAfter(db, saleId, after);
  const next = page.length < ROWS_AT_ONCE ? null : page.at(-1)!.orderId;
  return { text: page.map(orderLine).join(""), next };
}

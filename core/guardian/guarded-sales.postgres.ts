import { type Kysely, sql } from "kysely";
import { tellSale } from "../events/tell-sale.postgres.ts";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { Report } from "../reconciliation/report.ts";
import type { Sale } from "../sale/sale.ts";
import { giveRevision, lockSale, saleOf, storeSale } from "../sale/sales.postgres.ts";
import { isOverAt } from "./duties/is-over.ts";

/** A sale with the units that buyers have, and those that were taken off sale. */
export type GuardedSale = Sale & { readonly sold: number; readonly withheld: number };

const guarded = (db: Kysely<Database>) =>
  db.selectFrom("sales").where("closed_at", "is", null).where("epoch", ">", 0);

/** The sales that somebody must look after: all that were opened and are not closed; of `saleIds`, if they are given. */
export async function guardedSales(
  db: Kysely<Database>,
  saleIds?: readonly SaleId[],
): Promise<GuardedSale[]> {
  const rows = await guarded(db)
    .selectAll()
    .$if(saleIds !== undefined, (query) => query.where("id", "=", sql<SaleId>`any(${saleIds})`))
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ ...saleOf(row), sold: row.sold, withheld: row.withheld }));
}

/** Whether somebody looks after a sale: it was opened, and is not closed. */
export const isGuarded = async (db: Kysely<Database>, saleId: SaleId): Promise<boolean> =>
  (await guarded(db).select("id").where("id", "=", saleId).executeTakeFirst()) !== undefined;

/** A short text that changes whenever a guarded sale comes, goes, or is changed, or its orders move its counters. */
export async function fingerprintOfGuarded(db: Kysely<Database>): Promise<string> {
  const text = sql`concat_ws(' ', id, revision, epoch, sold, withheld)`;
  const row = await guarded(db)
    .select((eb) => [
      eb.fn.countAll<string>().as("sales"),
      sql<string>`coalesce(sum(hashtextextended(${text}, 0)), 0)`.as("hash"),
    ])
    .executeTakeFirstOrThrow();
  return `${row.sales} ${row.hash}`;
}

export async function storeReport(db: Kysely<Database>, saleId: SaleId, report: Report): Promise<void> {
  await db
    .insertInto("reconciliations")
    .values({ sale_id: saleId, drift_units: report.driftUnits, report: JSON.stringify(report) })
    .execute();
}

/**
 * Closes a sale that is over and reconciled: nobody looks after it until it is changed. Closing is a revision: a sale that
 * was changed since it was looked at stays open.
 *
 * @param nowMs by the gate's clock. @returns the sale as it is closed; null if it stays open.
 */
export async function closeSale(db: Kysely<Database>, seen: Sale, nowMs: number): Promise<Sale | null> {
  const revision = await giveRevision(db, seen.saleId);
  if (revision === null) return null;
  return db.transaction().execute(async (trx) => {
    const sale = await lockSale(trx, seen.saleId);
    if (!sale || sale.revision !== seen.revision || sale.epoch !== seen.epoch || !isOverAt(sale, nowMs))
      return null;
    const closed = { ...sale, revision, closedAtMs: nowMs };
    await storeSale(trx, closed);
    await tellSale(trx, closed.saleId, "closed", revision);
    return closed;
  });
}

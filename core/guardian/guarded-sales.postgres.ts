import type { Kysely } from "kysely";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { Report } from "../reconciliation/reconcile.ts";
import type { Sale } from "../sale/sale.ts";
import { giveRevision, lockSale, saleOf, storeSale } from "../sale/sales.postgres.ts";
import { isOverAt } from "./duties/is-over.ts";

/** A sale with the units that buyers have, and those that were taken off sale. */
export type GuardedSale = Sale & { readonly sold: number; readonly withheld: number };

/** The sales that somebody must look after: all that were opened and are not closed. */
export async function guardedSales(db: Kysely<Database>): Promise<GuardedSale[]> {
  const rows = await db
    .selectFrom("sales")
    .selectAll()
    .where("closed_at", "is", null)
    .where("epoch", ">", 0)
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ ...saleOf(row), sold: row.sold, withheld: row.withheld }));
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
    return closed;
  });
}

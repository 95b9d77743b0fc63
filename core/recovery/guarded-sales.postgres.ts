import type { Kysely } from "kysely";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { Report } from "../reconciliation/reconcile.ts";

export type GuardedSale = {
  readonly saleId: SaleId;
  readonly epoch: number;
  /** Units in confirmed orders. */
  readonly sold: number;
  readonly revision: number;
  readonly state: "running" | "paused" | "ended";
  readonly endsAtMs: number | null;
};

/** The sales that somebody must look after: all that were opened and are not closed. */
export async function guardedSales(db: Kysely<Database>): Promise<GuardedSale[]> {
  const rows = await db
    .selectFrom("sales")
    .select(["id", "epoch", "sold", "revision", "state", "ends_at"])
    .where("closed_at", "is", null)
    .where("epoch", ">", 0)
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    saleId: row.id,
    epoch: row.epoch,
    sold: row.sold,
    revision: row.revision,
    state: row.state,
    endsAtMs: row.ends_at?.getTime() ?? null,
  }));
}

export async function storeReport(db: Kysely<Database>, saleId: SaleId, report: Report): Promise<void> {
  await db
    .insertInto("reconciliations")
    .values({ sale_id: saleId, drift_units: report.driftUnits, report: JSON.stringify(report) })
    .execute();
}

/** Closes a sale that is over and reconciled: nobody looks after it from here on. */
export async function closeSale(db: Kysely<Database>, saleId: SaleId, nowMs: number): Promise<void> {
  await db
    .updateTable("sales")
    .set({ closed_at: new Date(nowMs) })
    .where("id", "=", saleId)
    .execute();
}

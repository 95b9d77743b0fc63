import { type Kysely, sql } from "kysely";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { SaleArchive } from "../sale/archive.ts";
import { isCurrent, LATELY_MS } from "../sale/current-sales.ts";
import type { Sale } from "../sale/sale.ts";
import { giveRevision, lockSale, saleOf, storeSale } from "../sale/sales.postgres.ts";

/** A closed sale with PostgreSQL's own counters. */
export type ClosedSale = Sale & { readonly sold: number; readonly withheld: number };

const closed = (db: Kysely<Database>) =>
  db.selectFrom("sales").selectAll().where("closed_at", "is not", null);

/** Sales that were closed a while ago and whose keys are still there, for longest first. */
export async function salesToArchive(
  db: Kysely<Database>,
  nowMs: number,
  most: number,
): Promise<ClosedSale[]> {
  const rows = await closed(db)
    .where("keys_gone_at", "is", null)
    .where("closed_at", "<=", new Date(nowMs - LATELY_MS))
    .orderBy("closed_at")
    .limit(most)
    .execute();
  return rows
    .map((row) => ({ ...saleOf(row), sold: row.sold, withheld: row.withheld }))
    .filter((sale) => !isCurrent(sale, nowMs));
}

/** Sales that were closed lately and are not archived yet: nobody else writes their copies again. */
export async function closedLately(db: Kysely<Database>, nowMs: number): Promise<Sale[]> {
  const rows = await closed(db)
    .where("closed_at", ">", new Date(nowMs - LATELY_MS))
    .where("archive", "is", null)
    .execute();
  return rows.map(saleOf);
}

/** One sale, if it is closed. */
export async function findClosedSale(db: Kysely<Database>, saleId: SaleId): Promise<ClosedSale | null> {
  const row = await closed(db).where("id", "=", saleId).executeTakeFirst();
  return row ? { ...saleOf(row), sold: row.sold, withheld: row.withheld } : null;
}

/**
 * Records what is kept of a closed sale's gate. It is a revision, so that copies and commands of before are older.
 *
 * @returns the sale as it is recorded; null if it was changed since it was read.
 */
export async function recordArchive(
  db: Kysely<Database>,
  seen: Sale,
  archive: SaleArchive,
): Promise<Sale | null> {
  const revision = await giveRevision(db, seen.saleId);
  if (revision === null) return null;
  return db.transaction().execute(async (trx) => {
    const sale = await lockSale(trx, seen.saleId);
    if (!sale || sale.revision !== seen.revision || sale.epoch !== seen.epoch || sale.closedAtMs === null)
      return null;
    const recorded = { ...sale, revision, archive };
    await storeSale(trx, recorded);
    return recorded;
  });
}

/** Records that nothing is left of the gate's keys, unless the sale was changed since. */
export async function recordKeysGone(db: Kysely<Database>, { saleId, revision }: Sale): Promise<void> {
  await db
    .updateTable("sales")
    .set({ keys_gone_at: sql`now()` })
    .where("id", "=", saleId)
    .where("revision", "=", revision)
    .where("closed_at", "is not", null)
    .execute();
}

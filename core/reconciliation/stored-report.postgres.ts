import type { Kysely } from "kysely";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { Report } from "./report.ts";

/** The last report that was stored of a sale: of one that was closed, the one that it was closed on. */
export async function latestReport(db: Kysely<Database>, saleId: SaleId): Promise<Report | null> {
  const row = await db
    .selectFrom("reconciliations")
    .select("report")
    .where("sale_id", "=", saleId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? (row.report as Report) : null;
}

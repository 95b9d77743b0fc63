import type { SaleId } from "../../core/ids.ts";
import { connectDatabase } from "../../core/postgres/connect.postgres.ts";
import type { RecoveryReport } from "../../core/guardian/recovery-report.ts";

export type RecoveryTimes = Pick<
  RecoveryReport,
  "found" | "rebuilt" | "leftOut" | "drainMs" | "rebuildMs"
> & {
  readonly epoch: number;
  readonly why: string;
};

/** The recoveries of a sale, as their records tell, oldest first. */
export async function readRecoveries(databaseUrl: string, saleId: SaleId): Promise<RecoveryTimes[]> {
  const db = connectDatabase(databaseUrl);
  try {
    const rows = await db
      .selectFrom("recoveries")
      .select(["epoch", "why", "report"])
      .where("sale_id", "=", saleId)
      .orderBy("epoch")
      .execute();
    return rows.map(({ epoch, why, report }) => ({ epoch, why, ...(report as RecoveryReport) }));
  } finally {
    await db.destroy();
  }
}

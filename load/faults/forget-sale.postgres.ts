import type { SaleId } from "../../core/ids.ts";
import { connectDatabase } from "../../core/postgres/connect.postgres.ts";

/** Takes a judged sale from the guardians' hands, so that the next fault meets only its own. */
export async function forgetSale(databaseUrl: string, saleId: SaleId): Promise<void> {
  const db = connectDatabase(databaseUrl);
  try {
    await db.updateTable("sales").set({ closed_at: new Date() }).where("id", "=", saleId).execute();
  } finally {
    await db.destroy();
  }
}

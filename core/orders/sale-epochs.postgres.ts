import type { Kysely } from "kysely";
import type { SaleId } from "../ids.ts";
import type { Reservation } from "../reservation/reservation.ts";
import type { Database } from "../postgres/database.ts";

/** The present epochs of the sales that these reservations belong to. */
export async function saleEpochs(
  db: Kysely<Database>,
  reservations: readonly Reservation[],
): Promise<ReadonlyMap<SaleId, number>> {
  const rows = await db
    .selectFrom("sales")
    .select(["id", "epoch"])
    .where("id", "in", [...new Set(reservations.map((one) => one.saleId))])
    .execute();
  return new Map(rows.map((row) => [row.id, row.epoch]));
}

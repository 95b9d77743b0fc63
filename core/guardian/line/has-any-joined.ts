import type { Kysely } from "kysely";
import type { Joins } from "../../line/joins.dynamo.ts";
import type { Database } from "../../postgres/database.ts";
import type { Sale } from "../../sale/sale.ts";
import { lockSale } from "../../sale/sales.postgres.ts";

export type JoinedDependencies = {
  readonly db: Kysely<Database>;
  readonly joins: Pick<Joins, "readMark" | "takeBackChange">;
};

/**
 * Whether somebody has joined a sale's line. A change that was announced and never committed keeps everybody out: it is taken back
 * here, under the row's lock, under which none is on its way.
 */
export async function hasAnyJoined({ db, joins }: JoinedDependencies, sale: Sale): Promise<boolean> {
  const { hasJoined, changedBy } = await joins.readMark(sale.saleId);
  if (hasJoined || changedBy === null || changedBy <= sale.revision) return hasJoined;
  await db.transaction().execute(async (trx) => {
    const locked = await lockSale(trx, sale.saleId);
    if (locked && locked.revision < changedBy)
      await joins.takeBackChange(sale.saleId, changedBy, locked.revision);
  });
  return false;
}

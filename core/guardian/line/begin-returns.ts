import type { Kysely } from "kysely";
import { faultPoint } from "../../fault-point.ts";
import type { Gate } from "../../gate/gate.redis.ts";
import type { Joins } from "../../line/joins.dynamo.ts";
import { mayAwaitReturns } from "../../line/returns.ts";
import type { Database } from "../../postgres/database.ts";
import { giveRevision, lockSale, storeSale } from "../../sale/sales.postgres.ts";
import type { Look } from "../duties/duty.ts";
import { isOverAt } from "../duties/is-over.ts";

export type BeginReturnsDependencies = {
  readonly db: Kysely<Database>;
  readonly gate: Pick<Gate, "configure">;
  readonly joins: Pick<Joins, "hasAnyJoined">;
};

/**
 * Lets what comes back to an open sale go by turns, once somebody has asked to be told: a revision of the sale, which a rebuilt gate
 * has too. The gate asks for a turn from then on, and only a look that finds it so begins the log: whoever bought without one did so
 * before its first line. What a crash leaves undone the next look does.
 */
export async function beginReturns(
  { db, gate, joins }: BeginReturnsDependencies,
  { sale, view }: Pick<Look, "sale" | "view">,
): Promise<void> {
  const { saleId } = sale;
  if (!mayAwaitReturns(sale) || isOverAt(sale, view.nowMs) || !(await joins.hasAnyJoined(saleId))) return;
  const revision = await giveRevision(db, saleId);
  if (revision === null) return;
  const returnsSince = new Date(view.nowMs).toISOString();
  const begun = await db.transaction().execute(async (trx) => {
    const locked = await lockSale(trx, saleId);
    if (!locked || locked.revision >= revision || !mayAwaitReturns(locked)) return null;
    const changed = { ...locked, revision, mode: { kind: "open" as const, returnsSince } };
    await storeSale(trx, changed);
    return changed;
  });
  await faultPoint("returns_after_record");
  if (begun) await gate.configure(begun, "committed");
}

import { faultPoint } from "../../fault-point.ts";
import type { Gate } from "../../gate/gate.redis.ts";
import { mayAwaitReturns } from "../../line/returns.ts";
import { giveRevision, lockSale, storeSale } from "../../sale/sales.postgres.ts";
import type { Look } from "../duties/duty.ts";
import { isOverAt } from "../duties/is-over.ts";
import { hasAnyJoined, type JoinedDependencies } from "./has-any-joined.ts";

export type BeginReturnsDependencies = JoinedDependencies & { readonly gate: Pick<Gate, "configure"> };

/**
 * Lets what comes back to an open sale go by turns, once somebody has asked to be told: a revision of the sale, which a rebuilt gate
 * has too. The gate asks for a turn from then on, and only a look that finds it so begins the log: whoever bought without one did so
 * before its first line. What a crash leaves undone the next look does.
 */
export async function beginReturns(
  deps: BeginReturnsDependencies,
  { sale, view }: Pick<Look, "sale" | "view">,
): Promise<void> {
  const { db, gate } = deps;
  const { saleId } = sale;
  if (!mayAwaitReturns(sale) || isOverAt(sale, view.nowMs) || !(await hasAnyJoined(deps, sale))) return;
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

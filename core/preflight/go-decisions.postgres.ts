import type { Kysely, Selectable, Transaction } from "kysely";
import type { GoDecision } from "../contract/preflight.ts";
import type { Actor } from "../identity/actor.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { GoDecisionsTable } from "../postgres/tables/operations.ts";
import type { Decided } from "./go-standing.ts";
import type { Preflight } from "./preflight.ts";

export type GoRow = Selectable<GoDecisionsTable>;

/** The decision that counts; null: nobody has decided. */
export async function latestGo(db: Kysely<Database>, saleId: SaleId): Promise<GoRow | null> {
  const row = await db
    .selectFrom("go_decisions")
    .selectAll()
    .where("sale_id", "=", saleId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

type NewGo = Pick<GoRow, "sale_id" | "decision" | "note" | "revision"> & {
  readonly actor: Actor;
  readonly report: Preflight;
};

export async function recordGo(trx: Transaction<Database>, { actor, report, ...go }: NewGo): Promise<void> {
  await trx
    .insertInto("go_decisions")
    .values({
      ...go,
      actor_id: actor.buyerId,
      actor_role: actor.role,
      request_id: actor.requestId,
      report: JSON.stringify({ verdict: report.verdict, checks: report.checks }),
    })
    .execute();
}

/** A decision as far as it matters for whether it stands. */
export const decidedOf = (row: GoRow | null): Decided | null =>
  row && { decision: row.decision, revision: row.revision, checks: row.report.checks };

/** A decision as the console shows it. */
export async function goView(
  row: GoRow | null,
  addresses: Pick<Addresses, "of">,
): Promise<GoDecision | null> {
  if (!row) return null;
  const emails = await addresses.of([row.actor_id]);
  return {
    decision: row.decision,
    note: row.note,
    actorId: row.actor_id,
    actorEmail: emails.get(row.actor_id) ?? null,
    actorRole: row.actor_role,
    madeAt: row.made_at.toISOString(),
    verdict: row.report.verdict,
  };
}

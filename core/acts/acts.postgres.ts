import type { Kysely, Selectable } from "kysely";
import type { ActPage, AuditEntry } from "../contract/audit.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import { keyNames } from "../identity/key-names.postgres.ts";
import type { Database } from "../postgres/database.ts";
import type { AuditLogTable } from "../postgres/tables/operations.ts";
import { type Act, doerColumns } from "./act.ts";

const ACTS_A_PAGE = 50;

/** Writes an act into the audit log, once. In a transaction where one does the act, before the act where none can. */
export async function recordAct(db: Kysely<Database>, act: Act): Promise<void> {
  await db
    .insertInto("audit_log")
    .values({
      ...doerColumns(act.doer),
      act_id: act.actId,
      sale_id: act.saleId ?? null,
      action: act.action,
      before: JSON.stringify(act.before),
      after: JSON.stringify(act.after),
      ...(act.atMs !== undefined && { made_at: new Date(act.atMs) }),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Lines of the log, with the addresses of those who are signed in still, and the names of API keys. */
export async function auditEntries(
  db: Kysely<Database>,
  rows: readonly Selectable<AuditLogTable>[],
  addresses: Pick<Addresses, "of">,
): Promise<AuditEntry[]> {
  const actorIds = rows.flatMap((row) => (row.actor_id === null ? [] : [row.actor_id]));
  const [emails, names] = await Promise.all([addresses.of(actorIds), keyNames(db, actorIds)]);
  return rows.map((row) => ({
    madeAt: row.made_at.toISOString(),
    actorId: row.actor_id,
    actorEmail: row.actor_id === null ? null : (emails.get(row.actor_id) ?? null),
    actorName: row.actor_name ?? (row.actor_id === null ? null : (names.get(row.actor_id) ?? null)),
    actorRole: row.actor_role,
    action: row.action,
    before: row.before,
    after: row.after,
    requestId: row.request_id,
  }));
}

/** What was done that is about no sale, newest first. `before`: the page before ended there. */
export async function actsBefore(
  db: Kysely<Database>,
  addresses: Pick<Addresses, "of">,
  before: string | null,
): Promise<ActPage> {
  const rows = await db
    .selectFrom("audit_log")
    .selectAll()
    .where("sale_id", "is", null)
    .$if(before !== null, (query) => query.where("id", "<", before!))
    .orderBy("id", "desc")
    .limit(ACTS_A_PAGE + 1)
    .execute();
  const shown = rows.slice(0, ACTS_A_PAGE);
  const next = rows.length > ACTS_A_PAGE ? (shown.at(-1)?.id ?? null) : null;
  return { entries: await auditEntries(db, shown, addresses), next };
}

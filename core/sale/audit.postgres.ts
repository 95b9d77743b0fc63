import type { Kysely, Transaction } from "kysely";
import { auditEntries } from "../acts/acts.postgres.ts";
import type { AuditEntry } from "../contract/audit.ts";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { Actor } from "../identity/actor.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import type { AuditedChange } from "./audit.ts";

const MOST = 200;

/** Written in the change's own transaction: neither happens without the other. No sale: it is about none. */
export async function recordAudit(
  trx: Transaction<Database>,
  saleId: SaleId | null,
  actor: Actor,
  { action, before, after }: AuditedChange,
): Promise<void> {
  await trx
    .insertInto("audit_log")
    .values({
      sale_id: saleId,
      actor_id: actor.buyerId,
      actor_role: actor.role,
      action,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
      request_id: actor.requestId,
    })
    .execute();
}

/** What was done to a sale, newest first; the last 200. */
export async function auditOf(
  db: Kysely<Database>,
  addresses: Pick<Addresses, "of">,
  saleId: SaleId,
): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom("audit_log")
    .selectAll()
    .where("sale_id", "=", saleId)
    .orderBy("id", "desc")
    .limit(MOST)
    .execute();
  return auditEntries(db, rows, addresses);
}

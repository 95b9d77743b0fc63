import { type Kysely, sql } from "kysely";

/** How often an event was sent again on purpose: a report of an earlier round says nothing of the present one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table webhook_deliveries add column round integer not null default 0 check (round >= 0)`.execute(
    db,
  );
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table webhook_deliveries drop column round`.execute(db);
}

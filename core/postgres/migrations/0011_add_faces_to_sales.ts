import { type Kysely, sql } from "kysely";

/** What a sale was shown as before it was renamed, so that an order goes on saying what was bought. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sales add column faces jsonb not null default '[]'`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sales drop column faces`.execute(db);
}

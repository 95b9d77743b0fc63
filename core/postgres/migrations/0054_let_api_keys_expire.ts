import { type Kysely, sql } from "kysely";

/** A key may have an end; those from before have none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table api_keys add column expires_at timestamptz check (expires_at > created_at)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table api_keys drop column expires_at`.execute(db);
}

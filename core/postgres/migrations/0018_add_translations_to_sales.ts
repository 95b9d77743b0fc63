import { type Kysely, sql } from "kysely";

/** What a sale is called and described as by language; code from before leaves it alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sales add column translations jsonb not null default '{}'`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sales drop column translations`.execute(db);
}

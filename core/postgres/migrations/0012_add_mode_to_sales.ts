import { type Kysely, sql } from "kysely";

/** How a sale lets people in; code from before leaves it alone, and its sales are open. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sales
      add column mode jsonb not null default '{"kind":"open"}'
        check (mode ->> 'kind' in ('open', 'waiting_room', 'draw'))`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sales drop column mode`.execute(db);
}

import { type Kysely, sql } from "kysely";

/** How a rehearsal's sale lets people in; those from before were all open. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table rehearsals add column mode text not null default 'open'
      check (mode in ('open', 'waiting_room', 'draw'))`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table rehearsals drop column mode`.execute(db);
}

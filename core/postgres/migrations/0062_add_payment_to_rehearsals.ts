import { type Kysely, sql } from "kysely";

/** Whether a rehearsal's units are paid for; those from before were all free. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table rehearsals add column payment text not null default 'none'
      check (payment in ('none', 'held'))`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table rehearsals drop column payment`.execute(db);
}

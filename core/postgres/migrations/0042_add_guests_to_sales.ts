import type { Kysely } from "kysely";
import { sql } from "kysely";

/** Who may come to a sale, and which list it goes by; everybody came to those from before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sales
      add column guests jsonb not null default '{"kind": "everybody"}',
      add column guest_list text not null default '',
      add column guest_edition integer not null default 0 check (guest_edition >= 0),
      add column guest_changes integer not null default 0`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sales drop column guests, drop column guest_list, drop column guest_edition,
    drop column guest_changes`.execute(db);
}

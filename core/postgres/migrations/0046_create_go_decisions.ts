import { type Kysely, sql } from "kysely";

/** Who decided go or no-go for a sale, when, and what the preflight said then; written once, the last one counts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table go_decisions (
      id bigint generated always as identity primary key,
      sale_id text not null references sales (id),
      decision text not null check (decision in ('go', 'no_go')),
      note text not null,
      actor_id text not null,
      actor_role text not null,
      request_id text not null,
      revision integer not null,
      report jsonb not null,
      made_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index go_decisions_of_sale on go_decisions (sale_id, id desc)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table go_decisions`.execute(db);
}

import { type Kysely, sql } from "kysely";

/** Who did what to a sale; written in the transaction that does it, and never changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_log (
      id bigint generated always as identity primary key,
      sale_id text not null references sales (id),
      made_at timestamptz not null default now(),
      actor_id text not null,
      actor_role text not null,
      action text not null check (action in ('created', 'changed', 'paused', 'resumed', 'ended')),
      before jsonb not null,
      after jsonb not null,
      request_id text not null
    )`.execute(db);
  await sql`create index audit_log_of_sale on audit_log (sale_id, id desc)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table audit_log`.execute(db);
}

import { type Kysely, sql } from "kysely";

/** Deletions of buyers' data, without an address: what was asked for, what stands in the way, and when it was done. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table erasures (
      id bigint generated always as identity primary key,
      buyer_id text not null,
      state text not null default 'asked' check (state in ('asked', 'postponed', 'erased', 'done')),
      obstacle text,
      obstacle_sale_id text,
      asked_at timestamptz not null default now(),
      next_look_at timestamptz not null,
      erased_at timestamptz,
      done_at timestamptz,
      check ((obstacle is null) = (obstacle_sale_id is null)),
      check (state <> 'done' or erased_at is not null)
    )`.execute(db);
  await sql`create unique index erasures_once on erasures (buyer_id) where state <> 'done'`.execute(db);
  await sql`create index erasures_due on erasures (next_look_at) where state <> 'done'`.execute(db);
  await sql`create index orders_of_buyer on orders (buyer_id)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index orders_of_buyer`.execute(db);
  await sql`drop table erasures`.execute(db);
}

import { type Kysely, sql } from "kysely";

/** Holds as they begin, for those who are told of them: an open hold has no row among the orders. Read on as order_events are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table hold_events (
      order_id text primary key,
      sale_id text not null,
      buyer_id text not null,
      quantity integer not null check (quantity > 0),
      place integer not null,
      reserved_at timestamptz not null,
      created_at timestamptz not null default now(),
      tx xid8 not null default pg_current_xact_id(),
      seq bigint not null default nextval('event_order')
    )`.execute(db);
  await sql`create index hold_events_feed on hold_events (tx, seq)`.execute(db);
  await sql`create index hold_events_of_buyer on hold_events (sale_id, buyer_id)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table hold_events`.execute(db);
}

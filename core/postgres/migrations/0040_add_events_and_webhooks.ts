import { type Kysely, sql } from "kysely";

/**
 * What the merchant's own systems are told. See docs/decisions/0090-events-are-numbered-once-they-are-seen.md.
 *
 * `order_events` and `sale_events` are the truth, written in the transactions that make it. `tx` and `seq` say in which order
 * they may be read on: a row is final once every transaction before its own has ended. `events` is the numbered feed made
 * from them, and `webhook_deliveries` what is to be sent of it to whom.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create sequence event_order as bigint`.execute(db);
  // Rows that are there get this migration's transaction, in the order in which they lie, which is that of their writing.
  await sql`
    alter table order_events
      add column tx xid8 not null default pg_current_xact_id(),
      add column seq bigint not null default nextval('event_order')`.execute(db);
  await sql`create index order_events_feed on order_events (tx, seq)`.execute(db);
  await sql`
    create table sale_events (
      sale_id text not null references sales (id),
      event_id text not null,
      kind text not null check (kind ~ '^[a-z]+(_[a-z]+)*$'),
      created_at timestamptz not null default now(),
      tx xid8 not null default pg_current_xact_id(),
      seq bigint not null default nextval('event_order'),
      primary key (sale_id, event_id)
    )`.execute(db);
  await sql`create index sale_events_feed on sale_events (tx, seq)`.execute(db);
  await sql`
    create table event_feed (
      is_only boolean primary key default true check (is_only),
      tx xid8 not null default '0',
      seq bigint not null default 0,
      position bigint not null default 0
    )`.execute(db);
  await sql`insert into event_feed default values`.execute(db);
  await sql`
    create table events (
      position bigint primary key,
      id text not null unique,
      type text not null,
      stream text not null,
      happened_at timestamptz not null,
      data jsonb not null
    )`.execute(db);
  await createWebhooks(db);
  // What somebody did to an endpoint or a key is of no sale.
  await sql`alter table audit_log alter column sale_id drop not null`.execute(db);
}

async function createWebhooks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook_endpoints (
      id text primary key,
      url text not null,
      name text not null,
      notify text not null,
      types text[] not null,
      state text not null default 'active' check (state in ('active', 'paused', 'deleted')),
      paused_why text check (paused_why in ('operator', 'failing', 'gone')),
      secret text not null,
      old_secret text,
      old_secret_until timestamptz,
      failures integer not null default 0,
      failing_since timestamptz,
      quiet_until timestamptz,
      delivered_at timestamptz,
      created_at timestamptz not null,
      constraint webhook_endpoints_paused check ((state = 'paused') = (paused_why is not null))
    )`.execute(db);
  await sql`
    create table webhook_deliveries (
      endpoint_id text not null references webhook_endpoints (id),
      position bigint not null references events (position),
      stream text not null,
      state text not null default 'open' check (state in ('open', 'delivered', 'given_up')),
      attempts integer not null default 0,
      next_at timestamptz not null,
      lease_until timestamptz,
      tried_at timestamptz,
      status integer,
      error text,
      took_ms integer,
      delivered_at timestamptz,
      primary key (endpoint_id, position)
    )`.execute(db);
  await sql`
    create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_at) where state = 'open'`.execute(
    db,
  );
  // Those that a sender has, those that the log counts, and those that it forgets after a month.
  await sql`
    create index webhook_deliveries_flying on webhook_deliveries (endpoint_id, lease_until)
      where state = 'open' and lease_until is not null`.execute(db);
  await sql`
    create index webhook_deliveries_given_up on webhook_deliveries (endpoint_id) where state = 'given_up'`.execute(
    db,
  );
  await sql`
    create index webhook_deliveries_delivered on webhook_deliveries (delivered_at) where state = 'delivered'`.execute(
    db,
  );
  await sql`create index webhook_deliveries_of_stream on webhook_deliveries (endpoint_id, stream, position)`.execute(
    db,
  );
}

/** What was done to endpoints stays in the log: what somebody did is not undone with the schema. */
export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ["webhook_deliveries", "webhook_endpoints", "events", "event_feed", "sale_events"])
    await sql`drop table ${sql.id(table)}`.execute(db);
  await sql`alter table order_events drop column tx, drop column seq`.execute(db);
  await sql`drop sequence event_order`.execute(db);
}

import { type Kysely, sql } from "kysely";

/**
 * The laws that hold whatever the gate said: an order once by its id, a buyer's unit once, and never more sold than
 * allocated. A rejected order is kept as a row, and takes part in none of them but the first.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sales (
      id text primary key,
      name text not null,
      description text not null,
      price_minor integer not null check (price_minor >= 0),
      currency text not null,
      allocated integer not null check (allocated > 0),
      sold integer not null default 0 check (sold >= 0),
      purchase_limit integer not null check (purchase_limit > 0),
      attempt_limit integer not null check (attempt_limit > 0),
      starts_at timestamptz not null,
      ends_at timestamptz check (ends_at > starts_at),
      state text not null default 'running' check (state in ('running', 'paused', 'ended')),
      revision integer not null default 1,
      epoch integer not null default 0,
      creation_key text not null unique,
      creation_hash text not null,
      created_at timestamptz not null default now(),
      constraint sales_sold_within_allocated check (sold <= allocated)
    )`.execute(db);
  // The ledger keeps a sale's entries under the last eight characters of its id; two sales must not share them.
  await sql`create unique index sales_tag on sales (right(id, 8))`.execute(db);
  await sql`
    create table orders (
      id text primary key,
      sale_id text not null references sales (id),
      buyer_id text not null,
      n integer not null check (n > 0),
      quantity integer not null check (quantity > 0),
      place integer not null check (place > 0),
      epoch integer not null,
      state text not null check (state in ('confirmed', 'rejected')),
      rejected_reason text,
      request_id text not null,
      reserved_at timestamptz not null,
      created_at timestamptz not null default now(),
      constraint orders_reason_if_rejected check ((state = 'rejected') = (rejected_reason is not null))
    )`.execute(db);
  await sql`
    create unique index orders_unit_once on orders (sale_id, buyer_id, n) where state = 'confirmed'`.execute(
    db,
  );
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table orders`.execute(db);
  await sql`drop table sales`.execute(db);
}

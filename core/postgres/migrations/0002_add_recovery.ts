import { type Kysely, sql } from "kysely";

/**
 * What recovery must not forget. `epoch` is the life of the gate that orders must be of; `served_epoch` the last one that
 * was opened to buyers; `fence` the latest guardian that acted; `closed_at` says that a sale is over and reconciled.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sales
      add column served_epoch integer not null default 1,
      add column fence bigint not null default 0,
      add column closed_at timestamptz`.execute(db);
  await sql`
    create table recoveries (
      sale_id text not null references sales (id),
      epoch integer not null,
      why text not null,
      started_at timestamptz not null,
      finished_at timestamptz not null,
      report jsonb not null,
      primary key (sale_id, epoch)
    )`.execute(db);
  await sql`
    create table reconciliations (
      id bigint generated always as identity primary key,
      sale_id text not null references sales (id),
      made_at timestamptz not null default now(),
      drift_units integer not null,
      report jsonb not null
    )`.execute(db);
  await sql`create index reconciliations_of_sale on reconciliations (sale_id, id desc)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table reconciliations`.execute(db);
  await sql`drop table recoveries`.execute(db);
  await sql`alter table sales drop column served_epoch, drop column fence, drop column closed_at`.execute(db);
}

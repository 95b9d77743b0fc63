import { type Kysely, sql } from "kysely";

/**
 * What is kept of a closed sale's gate, and when its keys were removed. The indexes hold the open sales and those that are
 * still to be archived, however many past ones there are.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sales
      add column archive jsonb,
      add column keys_gone_at timestamptz`.execute(db);
  await sql`create index sales_open on sales (id) where closed_at is null`.execute(db);
  await sql`
    create index sales_to_archive on sales (closed_at)
      where closed_at is not null and keys_gone_at is null`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index sales_to_archive`.execute(db);
  await sql`drop index sales_open`.execute(db);
  await sql`alter table sales drop column archive, drop column keys_gone_at`.execute(db);
}

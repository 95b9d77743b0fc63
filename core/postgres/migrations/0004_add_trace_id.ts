import { type Kysely, sql } from "kysely";

/** The trace of the request that made an order, for X-Ray; null for what was ordered before, or where nothing is traced. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table orders add column trace_id text`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table orders drop column trace_id`.execute(db);
}

import { type Kysely, sql } from "kysely";

/** Keys by which a merchant's machine calls the API: only what a key hashes to, never the key. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table api_keys (
      id text primary key,
      name text not null,
      hash text not null unique,
      scopes text[] not null,
      created_by text not null,
      created_at timestamptz not null,
      used_at timestamptz,
      revoked_at timestamptz,
      next_call_at timestamptz not null
    )`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table api_keys`.execute(db);
}

import { type Kysely, sql } from "kysely";

/**
 * The audit log takes what is about no sale, and what an operator's command does, whose giver is known by a name alone. An act
 * that is told again is written once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table audit_log
      alter column sale_id drop not null,
      alter column actor_id drop not null,
      alter column actor_role drop not null,
      add column actor_name text,
      add column act_id text,
      add constraint audit_log_names_somebody check (actor_id is not null or actor_name is not null)`.execute(
    db,
  );
  await sql`create unique index audit_log_act_once on audit_log (act_id)`.execute(db);
  await sql`create index audit_log_without_sale on audit_log (id desc) where sale_id is null`.execute(db);
}

/** Lines that the older log cannot hold stay in it: what somebody did is not undone with the schema. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index audit_log_without_sale`.execute(db);
  await sql`drop index audit_log_act_once`.execute(db);
  await sql`
    alter table audit_log
      drop constraint audit_log_names_somebody,
      drop column act_id,
      drop column actor_name`.execute(db);
}

import { type Kysely, sql } from "kysely";

/** Who wished to take units of an order back: one line a wish, however often it is repeated. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table audit_log
      drop constraint audit_log_action_check,
      add constraint audit_log_action_check check (
        action in ('created', 'changed', 'paused', 'resumed', 'ended', 'cancel_wished'))`.execute(db);
  await sql`
    create unique index audit_log_wish_once on audit_log ((after ->> 'wishId'))
      where action = 'cancel_wished'`.execute(db);
  await sql`
    create index audit_log_wishes_of_order on audit_log ((after ->> 'orderId'), id)
      where action = 'cancel_wished'`.execute(db);
}

/** Lines about wishes stay: what somebody did is not undone with the schema. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index audit_log_wishes_of_order`.execute(db);
  await sql`drop index audit_log_wish_once`.execute(db);
  await sql`
    alter table audit_log
      drop constraint audit_log_action_check,
      add constraint audit_log_action_check check (
        action in ('created', 'changed', 'paused', 'resumed', 'ended')) not valid`.execute(db);
}

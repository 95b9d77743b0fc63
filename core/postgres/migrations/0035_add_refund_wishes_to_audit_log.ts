import { type Kysely, sql } from "kysely";

/** Who wished to give money of an order back: one line a wish, as for units; an id is no wish for both. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unique index audit_log_refund_wish_once on audit_log ((after ->> 'wishId'))
      where action = 'refund_wished'`.execute(db);
  await sql`
    create index audit_log_refund_wishes_of_order on audit_log ((after ->> 'orderId'), id)
      where action = 'refund_wished'`.execute(db);
}

/** Lines about wishes stay. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index audit_log_refund_wishes_of_order`.execute(db);
  await sql`drop index audit_log_refund_wish_once`.execute(db);
}

import { type Kysely, sql } from "kysely";

/** What stands in the way of a deletion need not be of one sale: a session that runs is of none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table erasures drop constraint erasures_check`.execute(db);
  await sql`
    alter table erasures add constraint erasures_obstacle_check check (obstacle is not null or obstacle_sale_id is null)`.execute(
    db,
  );
  await sql`update erasures set state = 'asked' where state = 'erased'`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`update erasures set obstacle = null where obstacle_sale_id is null`.execute(db);
  await sql`alter table erasures drop constraint erasures_obstacle_check`.execute(db);
  await sql`
    alter table erasures add constraint erasures_check check ((obstacle is null) = (obstacle_sale_id is null))`.execute(
    db,
  );
}

import { type Kysely, sql } from "kysely";
import type { Database } from "./database.ts";

/** Where a source's rows stand in the feed, by the ids that core/events/merchant-event.ts makes of them. */
const SOURCES = {
  order_events: sql`'evt_' || substr(source.order_id, 5) || '_' || source.number`,
  sale_events: sql`'evt_' || substr(source.sale_id, 6) || '_' || source.event_id`,
  hold_events: sql`'evt_' || substr(source.order_id, 5) || '_0'`,
} as const;

/**
 * Lets the feed of events go on in another server than the one that wrote it. A dump bears the transaction ids of its old
 * server, which may be ahead of the new one's: what is written now would lie before where the feed has read to. What is in the
 * feed gets transaction 0, what is not 1, and all that comes is later. Nothing is changed where the ids are in order.
 */
export async function settleFeed(db: Kysely<Database>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select 1 from event_feed for update`.execute(trx);
    const { rows } = await sql<{ isAhead: boolean }>`
      select greatest(
        (select tx from event_feed),
        (select tx from order_events order by tx desc, seq desc limit 1),
        (select tx from sale_events order by tx desc, seq desc limit 1),
        (select tx from hold_events order by tx desc, seq desc limit 1)) > pg_current_xact_id() as "isAhead"`.execute(
      trx,
    );
    if (!rows[0]?.isAhead) return;
    for (const [table, id] of Object.entries(SOURCES))
      await sql`
        update ${sql.id(table)} source
        set tx = case when exists (select from events where events.id = ${id}) then '0'::xid8 else '1'::xid8 end`.execute(
        trx,
      );
    await sql`update event_feed set tx = '0', seq = ${"9223372036854775807"}::bigint`.execute(trx);
  });
}

import { type Kysely, sql, type Transaction } from "kysely";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";

/** Steps of a sale's life that somebody decides on. */
export type SaleStep = "paused" | "resumed" | "ended" | "closed";

/**
 * Tells of a step of a sale, in the transaction that takes it.
 *
 * @param revision of the sale after it: given once, so the step is told once.
 */
export async function tellSale(
  trx: Transaction<Database>,
  saleId: SaleId,
  kind: SaleStep,
  revision: number,
): Promise<void> {
  await trx
    .insertInto("sale_events")
    .values({ sale_id: saleId, event_id: `${kind}_${revision}`, kind })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Tells that sales have sold out or are on sale again, by the merchant's records: in the transaction that moves their counters
 * or their allocation, under the lock of their rows, so that nobody else counts at once.
 */
export async function tellSoldOut(trx: Transaction<Database>, saleIds: readonly SaleId[]): Promise<void> {
  if (saleIds.length === 0) return;
  await sql`
    insert into sale_events (sale_id, event_id, kind)
    select s.id, (case when s.is_out then 'sold_out' else 'restocked' end) || '_' || (told.times + 1),
      case when s.is_out then 'sold_out' else 'restocked' end
    from (
      select id, sold + withheld >= allocated as is_out from sales where id = any(${saleIds}::text[])
    ) s
    cross join lateral (
      select count(*)::int as times from sale_events e
      where e.sale_id = s.id and e.kind in ('sold_out', 'restocked')
    ) told
    where s.is_out = (told.times % 2 = 0)
    on conflict do nothing`.execute(trx);
}

/** A sale that opened before that was told of when it did, or nobody listened. */
const TOLD_WITHIN = "2 days";

/**
 * Tells of sales whose time to open has come: nobody opens them, the clock does. One that is paused at that moment opens, and
 * is told, when it is resumed. One that has sold has opened, even if it was over before anybody looked.
 */
export async function tellOpened(db: Kysely<Database>, now: Date): Promise<void> {
  await sql`
    insert into sale_events (sale_id, event_id, kind)
    select id, 'opened', 'opened' from sales
    where epoch > 0 and visibility <> 'draft'
      and starts_at <= ${now} and starts_at > ${now}::timestamptz - ${TOLD_WITHIN}::interval
      and (sold > 0 or (closed_at is null and state = 'running' and (ends_at is null or ends_at > ${now})))
      and not exists (select from sale_events e where e.sale_id = sales.id and e.event_id = 'opened')
    on conflict do nothing`.execute(db);
}

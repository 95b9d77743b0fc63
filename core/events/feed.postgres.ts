import { type Kysely, sql, type Transaction } from "kysely";
import type { EventPage } from "../contract/events.ts";
import type { Database } from "../postgres/database.ts";
import { TEST_CURRENCY } from "../sale/listed-sales.ts";
import type { OrderId } from "../ids.ts";
import {
  eventIdsOf,
  eventOfHold,
  eventOfSale,
  eventsOfOrder,
  HELD,
  type HoldEventRow,
  type NewEvent,
  type OrderEventRow,
  type SaleEventRow,
} from "./merchant-event.ts";

/** So many rows hold the feed for a moment only. */
const ROWS_AT_ONCE = 500;

export type Numbered = NewEvent & { readonly position: number };
type Place = { readonly tx: string; readonly seq: string };
type Row = Place & {
  readonly order: OrderEventRow | null;
  readonly sale: SaleEventRow | null;
  readonly hold: HoldEventRow | null;
};

/**
 * Numbers what has happened since it was last done, in one transaction that whoever else does the same waits for.
 *
 * Rows are taken up once every transaction that began before theirs has ended: none can come to light later with an earlier
 * place. See docs/decisions/0090-events-are-numbered-once-they-are-seen.md.
 *
 * @param take what else is to happen with the new events, in the same transaction.
 * @returns how many rows were taken; as many as may be: there are more.
 */
export async function numberEvents(
  db: Kysely<Database>,
  take: (trx: Transaction<Database>, events: readonly Numbered[]) => Promise<void>,
): Promise<{ readonly rows: number; readonly hasMore: boolean }> {
  return db.transaction().execute(async (trx) => {
    const { tx, seq, position } = await trx
      .selectFrom("event_feed")
      .select(["tx", "seq", "position"])
      .forUpdate()
      .executeTakeFirstOrThrow();
    const rows = await rowsAfter(trx, { tx, seq });
    const last = rows.at(-1);
    if (!last) return { rows: 0, hasMore: false };
    const events = (await withoutLateHolds(trx, rows.flatMap(eventsOf))).map((event, index) => ({
      ...event,
      position: Number(position) + 1 + index,
    }));
    await insertEvents(trx, events);
    await trx
      .updateTable("event_feed")
      .set({ tx: last.tx, seq: last.seq, position: String(events.at(-1)?.position ?? position) })
      .execute();
    await take(trx, events);
    return { rows: rows.length, hasMore: rows.length === ROWS_AT_ONCE };
  });
}

const eventsOf = ({ order, sale, hold }: Row): NewEvent[] => {
  if (order) return eventsOfOrder(order);
  return sale ? [eventOfSale(sale)] : hold ? [eventOfHold(hold)] : [];
};

/**
 * Leaves out that an order is held where that, or a later step of it, was told before: it is told once, and first. Only one numbers at a
 * time, so what was told before is certain.
 */
async function withoutLateHolds(
  trx: Transaction<Database>,
  events: readonly NewEvent[],
): Promise<NewEvent[]> {
  const held = events.filter(({ type }) => type === HELD).map(({ stream }) => stream as OrderId);
  if (held.length === 0) return [...events];
  const ids = held.flatMap((orderId) => [...eventIdsOf(orderId, 0), ...eventIdsOf(orderId, 1)]);
  const rows = await trx.selectFrom("events").select("stream").where("id", "in", ids).execute();
  const begun = new Set(rows.map(({ stream }) => stream));
  return events.filter(({ type, stream }) => {
    const isLate = type === HELD && begun.has(stream);
    begun.add(stream);
    return !isLate;
  });
}

/** Gives one event the next position, in a transaction that numbers nothing else. */
export async function appendToFeed(trx: Transaction<Database>, event: NewEvent): Promise<Numbered> {
  const { position } = await trx
    .updateTable("event_feed")
    .set((eb) => ({ position: eb("position", "+", "1") }))
    .returning("position")
    .executeTakeFirstOrThrow();
  const numbered = { ...event, position: Number(position) };
  await insertEvents(trx, [numbered]);
  return numbered;
}

async function insertEvents(trx: Transaction<Database>, events: readonly Numbered[]): Promise<void> {
  if (events.length === 0) return;
  await trx
    .insertInto("events")
    .values(
      events.map(({ position, id, type, stream, happenedAt, data }) => ({
        position: String(position),
        id,
        type,
        stream,
        happened_at: happenedAt,
        data: JSON.stringify(data),
      })),
    )
    .execute();
}

/**
 * Each source by its index, and of all the first ones. What was removed meanwhile has no content, nor has what a rehearsal or a smoke
 * purchase did: nobody's machine is told of what was never sold.
 */
async function rowsAfter(trx: Transaction<Database>, { tx, seq }: Place): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with settled as (select pg_snapshot_xmin(pg_current_snapshot()) as tx),
    of_orders as (
      select e.* from order_events e, settled
      where (e.tx, e.seq) > (${tx}::xid8, ${seq}::bigint) and e.tx < settled.tx
      order by e.tx, e.seq limit ${ROWS_AT_ONCE}
    ), of_sales as (
      select e.* from sale_events e, settled
      where (e.tx, e.seq) > (${tx}::xid8, ${seq}::bigint) and e.tx < settled.tx
      order by e.tx, e.seq limit ${ROWS_AT_ONCE}
    ), of_holds as (
      select e.* from hold_events e, settled
      where (e.tx, e.seq) > (${tx}::xid8, ${seq}::bigint) and e.tx < settled.tx
      order by e.tx, e.seq limit ${ROWS_AT_ONCE}
    ), taken as (
      select tx, seq, order_id, null as sale_id, null as held_id, number, kind, detail, created_at, null as event_id
        from of_orders
      union all
      select tx, seq, null, sale_id, null, null, kind, null, created_at, event_id from of_sales
      union all
      select tx, seq, null, null, order_id, null, null, null, created_at, null from of_holds
      order by tx, seq limit ${ROWS_AT_ONCE}
    )
    select t.tx::text as tx, t.seq::text as seq,
      case when o.id is not null and s.currency <> ${TEST_CURRENCY} then jsonb_build_object(
        'orderId', o.id, 'saleId', o.sale_id, 'buyerId', o.buyer_id, 'number', t.number, 'kind', t.kind,
        'detail', t.detail, 'happenedAt', t.created_at, 'quantity', o.quantity, 'place', o.place,
        'reservedAt', o.reserved_at, 'priceMinor', s.price_minor, 'currency', s.currency,
        'unitsBack', case when t.number > 1 then (
          select coalesce(sum((b.detail ->> 'units')::int), 0) from order_events b
          where b.order_id = t.order_id and b.kind = 'returned' and b.number <= t.number) else 0 end
      ) end as "order",
      case when t.sale_id is not null and s.currency <> ${TEST_CURRENCY} then jsonb_build_object(
        'saleId', t.sale_id, 'eventId', t.event_id, 'kind', t.kind, 'happenedAt', t.created_at) end as sale,
      case when h.order_id is not null and s.currency <> ${TEST_CURRENCY} then jsonb_build_object(
        'orderId', h.order_id, 'saleId', h.sale_id, 'buyerId', h.buyer_id, 'quantity', h.quantity, 'place', h.place,
        'reservedAt', h.reserved_at, 'priceMinor', s.price_minor, 'currency', s.currency) end as hold
    from taken t
    left join orders o on o.id = t.order_id
    left join hold_events h on h.order_id = t.held_id
    left join sales s on s.id = coalesce(t.sale_id, o.sale_id, h.sale_id)
    order by t.tx, t.seq`.execute(trx);
  return rows.map(({ order, sale, hold, ...place }) => ({
    ...place,
    order: order && {
      ...order,
      happenedAt: new Date(order.happenedAt),
      reservedAt: new Date(order.reservedAt),
    },
    sale: sale && { ...sale, happenedAt: new Date(sale.happenedAt) },
    hold: hold && { ...hold, reservedAt: new Date(hold.reservedAt) },
  }));
}

/** A page of the feed, oldest first. Events that were sent to try an endpoint are no part of it. */
export async function readFeed(
  db: Kysely<Database>,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<EventPage> {
  const rows = await db
    .selectFrom("events")
    .selectAll()
    .where("position", ">", String(after))
    .where("type", "<>", TEST_EVENT)
    .orderBy("position")
    .limit(limit + 1)
    .execute();
  const events = rows.slice(0, limit).map(({ id, position, type, happened_at, data }) => ({
    id,
    position: Number(position),
    type,
    timestamp: happened_at.toISOString(),
    data,
  }));
  return { events, next: events.at(-1)?.position ?? after, hasMore: rows.length > limit };
}

export const TEST_EVENT = "webhook.test";

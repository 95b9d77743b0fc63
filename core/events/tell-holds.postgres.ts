import { type Kysely, sql } from "kysely";
import type { OrderId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { Reservation } from "../reservation/reservation.ts";

/** Of these orders, those whose hold is noted already. */
export async function notedHolds(db: Kysely<Database>, ids: readonly OrderId[]): Promise<Set<OrderId>> {
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom("hold_events").select("order_id").where("order_id", "in", ids).execute();
  return new Set(rows.map(({ order_id }) => order_id));
}

/** Notes that holds have begun, each once: the feed tells of one unless it has told of a later step of that order. */
export async function noteHolds(db: Kysely<Database>, holds: readonly Reservation[]): Promise<void> {
  if (holds.length === 0) return;
  const column = <T>(pick: (hold: Reservation) => T) => holds.map(pick);
  await sql`
    insert into hold_events (order_id, sale_id, buyer_id, quantity, place, reserved_at)
    select * from unnest(
      ${column(({ orderId }) => orderId)}::text[],
      ${column(({ saleId }) => saleId)}::text[],
      ${column(({ buyerId }) => buyerId)}::text[],
      ${column(({ quantity }) => quantity)}::int[],
      ${column(({ place }) => place)}::int[],
      ${column(({ reservedAtMs }) => new Date(reservedAtMs))}::timestamptz[])
    on conflict do nothing`.execute(db);
}

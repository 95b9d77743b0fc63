import type { Kysely } from "kysely";
import type { OrderEvent, OrderHistory } from "../contract/cancellation.ts";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { orderRowOf } from "../orders/order-row.postgres.ts";
import type { Database } from "../postgres/database.ts";
import { parseEvent } from "../reservation/event-item.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import { wishesOf } from "./wish-audit.postgres.ts";

/** One order of a sale with all that became of it; null: the merchant's records have no such order of this sale. */
export async function orderHistory(
  db: Kysely<Database>,
  saleId: SaleId,
  orderId: OrderId,
): Promise<OrderHistory | null> {
  const row = await db
    .selectFrom("orders")
    .selectAll()
    .where("id", "=", orderId)
    .where("sale_id", "=", saleId)
    .executeTakeFirst();
  if (!row) return null;
  // Wishes first: one that is decided in between shows as an event, never as neither.
  const wishes = await wishesOf(db, orderId);
  const events = await db
    .selectFrom("order_events")
    .select(["detail", "created_at"])
    .where("order_id", "=", orderId)
    .orderBy("number")
    .execute();
  const byId = new Map(wishes.map(({ orderId: _order, at: _at, ...wish }) => [wish.wishId, wish]));
  const decided = new Set(events.map(({ detail }) => wishIn(parseEvent(detail))));
  return {
    order: orderRowOf(row),
    events: events.map(({ detail, created_at }) => eventOf(parseEvent(detail), created_at, byId)),
    undecided: wishes
      .filter(({ wishId }) => !decided.has(wishId))
      .map(({ orderId: _order, ...wish }) => wish),
  };
}

/** The wish that an event decides on, if it does. */
const wishIn = (event: ReservationEvent): string =>
  event.kind === "cancelled" ? (event.wishId ?? event.id) : event.id;

type Wished = NonNullable<OrderEvent["wish"]>;

function eventOf(
  event: ReturnType<typeof parseEvent>,
  createdAt: Date,
  wishes: ReadonlyMap<string, Wished>,
): OrderEvent {
  const { number, kind, id } = event;
  const step = { number, kind, at: createdAt.toISOString(), why: null, wish: null };
  switch (event.kind) {
    case "authorised":
    case "placed":
    case "confirmed":
    case "expired":
      return step;
    case "cancelled":
      return { ...step, wish: wishes.get(wishIn(event)) ?? null };
    case "failed":
      return { ...step, why: event.why };
    case "rejected":
      return { ...step, why: event.reason };
    case "returned": {
      const { units, isWithheld, reason } = event;
      return { ...step, wish: { wishId: id, units, isWithheld, reason, actorId: event.actorId as BuyerId } };
    }
    case "wish_refused":
      return { ...step, why: event.why, wish: wishes.get(id) ?? null };
    default:
      return event satisfies never;
  }
}

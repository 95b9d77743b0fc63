import type { Kysely, Selectable } from "kysely";
import type { OrderEvent, OrderHistory } from "../contract/cancellation.ts";
import type { RefundFailure } from "../contract/order.ts";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { orderRowOf } from "../orders/order-row.postgres.ts";
import type { Database } from "../postgres/database.ts";
import type { OrdersTable } from "../postgres/tables/orders.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import { parseEvent } from "../reservation/event-item.ts";
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
  const stored = await db
    .selectFrom("order_events")
    .select(["detail", "created_at"])
    .where("order_id", "=", orderId)
    .orderBy("number")
    .execute();
  const events = stored.map(({ detail, created_at }) => ({ event: parseEvent(detail), at: created_at }));
  const byId = new Map(wishes.map(({ orderId: _order, at: _at, ...wish }) => [wish.wishId, wish]));
  const refunds = await refundsOf(db, orderId);
  const decided = new Set(events.map(({ event }) => wishIn(event)));
  return {
    order: orderRowOf(row),
    events: events.map(({ event, at }) => eventOf(event, at, byId, refunds)),
    money: moneyOf(row, events, refunds),
    undecided: wishes
      .filter(({ wishId }) => !decided.has(wishId))
      .map(({ orderId: _order, ...wish }) => wish),
  };
}

/** The wish that an event decides on, if it does. */
const wishIn = (event: ReservationEvent): string =>
  event.kind === "cancelled" ? (event.wishId ?? event.id) : event.id;

type Wished = NonNullable<OrderEvent["wish"]>;
type Stored = { readonly event: ReservationEvent; readonly at: Date };
type Refunds = Awaited<ReturnType<typeof refundsOf>>;

const refundsOf = (db: Kysely<Database>, orderId: OrderId) =>
  db
    .selectFrom("refunds")
    .select(["refund_id", "amount_minor", "state", "why", "attempt", "changed_at"])
    .where("order_id", "=", orderId)
    .orderBy("created_at")
    .execute();

/** What the provider took, what of it went back, and each time that it did or is to; null: it took nothing. */
function moneyOf(
  row: Pick<Selectable<OrdersTable>, "captured_minor" | "granted_minor" | "refunded_minor">,
  events: readonly Stored[],
  refunds: Refunds,
): OrderHistory["money"] {
  const paid = events.map(({ event }) => event).find((event) => event.kind === "authorised");
  const capturedMinor = Number(row.captured_minor);
  if (!paid || capturedMinor === 0) return null;
  return {
    currency: paid.currency,
    capturedMinor,
    refundedMinor: Number(row.refunded_minor),
    grantableMinor: capturedMinor - Number(row.granted_minor),
    refunds: refunds.map((refund) => ({
      refundId: refund.refund_id,
      amountMinor: Number(refund.amount_minor),
      state: refund.state,
      why: refund.state === "failed" ? (refund.why as RefundFailure) : null,
      at: refund.changed_at.toISOString(),
    })),
  };
}

function eventOf(
  event: ReservationEvent,
  createdAt: Date,
  wishes: ReadonlyMap<string, Wished>,
  refunds: Refunds,
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
      const { units, isWithheld, reason, refundMinor } = event;
      const wish = { wishId: id, units, isWithheld, reason, ...byWhom(event) };
      return { ...step, wish, ...(refundMinor !== undefined && { amountMinor: refundMinor }) };
    }
    case "wish_refused":
      return { ...step, why: event.why, wish: wishes.get(id) ?? withdrawalOf(event) };
    case "refund_granted":
    case "refund_retried":
    case "refund_settled":
      return { ...step, wish: wishes.get(id) ?? null };
    case "refunded":
      return { ...step, amountMinor: event.givenMinor, coveredMinor: event.coveredMinor };
    case "refund_failed": {
      const amount = refunds.find(({ attempt }) => attempt === event.attempt)?.amount_minor;
      return { ...step, why: event.why, ...(amount !== undefined && { amountMinor: Number(amount) }) };
    }
    case "refunded_outside":
      return { ...step, amountMinor: event.amountMinor };
    default:
      return event satisfies never;
  }
}

const byWhom = ({
  actorId,
  withdrawnAtMs,
}: {
  readonly actorId: string;
  readonly withdrawnAtMs?: number;
}) => ({
  actorId: actorId as BuyerId,
  ...(withdrawnAtMs !== undefined && { withdrawnAt: new Date(withdrawnAtMs).toISOString() }),
});

/** A buyer's own wish is in no audit log: what is known of it the event says. */
const withdrawalOf = (event: Extract<ReservationEvent, { kind: "wish_refused" }>): Wished | null =>
  event.withdrawnAtMs === undefined ? null : { wishId: event.id, reason: "", ...byWhom(event) };

import type { OrderId, SaleId } from "../ids.ts";

/** What the merchant's own systems are told, before it has its position in the feed. */
export type NewEvent = {
  readonly id: string;
  readonly type: string;
  /** The order or sale, within which events are told in order. */
  readonly stream: string;
  readonly happenedAt: Date;
  readonly data: Readonly<Record<string, unknown>>;
};

/** One row of order_events, with the order that it is of. */
export type OrderEventRow = {
  readonly orderId: OrderId;
  readonly saleId: SaleId;
  readonly buyerId: string;
  readonly number: number;
  readonly kind: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly happenedAt: Date;
  readonly quantity: number;
  /** After this event. */
  readonly unitsBack: number;
  readonly place: number;
  readonly reservedAt: Date;
  readonly priceMinor: number;
  readonly currency: string;
};

export type SaleEventRow = {
  readonly saleId: SaleId;
  readonly eventId: string;
  readonly kind: string;
  readonly happenedAt: Date;
};

/** Of an event's detail, what is the merchant's business; who of the staff asked, and the provider's ids, are not. */
const TOLD = [
  "reason",
  "why",
  "units",
  "isWithheld",
  "amountMinor",
  // The number of the step that asked for the money to go back.
  "attempt",
  "refundMinor",
  "givenMinor",
  "coveredMinor",
  "withdrawnAtMs",
] as const;
/** Where nobody was told of the hold as it began, it is told with the event that ends it. */
const AFTER_HOLD = new Set(["authorised", "expired", "cancelled"]);
const WITHOUT_UNITS = new Set(["rejected", "failed", "expired", "cancelled"]);

/** The part of an id behind its prefix. */
const bare = (id: string): string => id.slice(id.indexOf("_") + 1);

/** Ids are made from the order and the number of the step alone; one step is told as two events at most. */
const idOfStep = (orderId: OrderId, number: number, index: number): string =>
  `evt_${bare(orderId)}_${number}${index === 0 ? "" : `_${index}`}`;

/** Every id that a step of an order's life may be told under; 0 is its hold. */
export const eventIdsOf = (orderId: OrderId, number: number): string[] =>
  [0, 1].map((index) => idOfStep(orderId, number, index));

/** That an order is held is told under an id of its own, whenever that is. */
const HOLD = 0;

export type HoldEventRow = Pick<
  OrderEventRow,
  "orderId" | "saleId" | "buyerId" | "quantity" | "place" | "reservedAt" | "priceMinor" | "currency"
>;

/** What a hold is told as, once it has begun. */
export function eventOfHold(hold: HoldEventRow): NewEvent {
  const { orderId, saleId, buyerId, quantity, place, priceMinor, currency } = hold;
  const order = { orderId, saleId, buyerId, quantity, place, priceMinor, currency };
  const reservedAt = hold.reservedAt.toISOString();
  return {
    id: idOfStep(orderId, HOLD, 0),
    type: HELD,
    stream: orderId,
    happenedAt: hold.reservedAt,
    data: { ...order, unitsLeft: quantity, reservedAt, number: HOLD },
  };
}
export const HELD = "order.held";

/**
 * What one step of an order's life is told as, in order. Every step is told: one that this knows nothing of, under its own name.
 */
export function eventsOfOrder(row: OrderEventRow): NewEvent[] {
  const { orderId, saleId, buyerId, number, kind, detail, quantity, place, priceMinor, currency } = row;
  const told = Object.fromEntries(TOLD.flatMap((name) => (name in detail ? [[name, detail[name]]] : [])));
  const unitsLeft = WITHOUT_UNITS.has(kind) ? 0 : quantity - row.unitsBack;
  const order = { orderId, saleId, buyerId, quantity, place, priceMinor, currency };
  const reservedAt = row.reservedAt.toISOString();
  const steps = typesOf(row).map((type, index) => ({
    id: idOfStep(orderId, number, index),
    type: `order.${type}`,
    stream: orderId,
    happenedAt: row.happenedAt,
    data: { ...order, unitsLeft, reservedAt, number, ...told },
  }));
  return number === 1 && AFTER_HOLD.has(kind) ? [eventOfHold(row), ...steps] : steps;
}

function typesOf({ kind, number, detail }: OrderEventRow): string[] {
  // Only what was placed is confirmed later than by its first event: its money was taken.
  if (kind === "confirmed" && number > 1) return ["captured", "confirmed"];
  if (kind === "returned" && "withdrawnAtMs" in detail) return ["withdrawn"];
  return [kind];
}

/** What a step of a sale is told as. */
export const eventOfSale = ({ saleId, eventId, kind, happenedAt }: SaleEventRow): NewEvent => ({
  id: `evt_${bare(saleId)}_${eventId}`,
  type: `sale.${kind}`,
  stream: saleId,
  happenedAt,
  data: { saleId },
});

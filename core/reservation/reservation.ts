import * as v from "valibot";
import { buyerId, orderId, saleId } from "../contract/ids.ts";
import { heldState, reservedState } from "./first-state.ts";
import type { ReservationState } from "./lifecycle.ts";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * The record that a buyer has units. The gate makes it; the same fields are its outbox entry, its ledger entry and its
 * message on the order queue, so that any of them can finish the purchase.
 */
export const reservation = v.object({
  saleId,
  orderId,
  buyerId,
  /** Among the buyer's reservations of this sale: given once by the gate, whatever is lost or ends. */
  n: v.pipe(whole, v.minValue(1)),
  quantity: v.pipe(whole, v.minValue(1)),
  /** Place in the sale's order, from 1. */
  place: v.pipe(whole, v.minValue(1)),
  /** The gate's life that made it. */
  epoch: whole,
  /** Of the caller's Idempotency-Key; see key-hash.ts. */
  keyHash: v.string(),
  /** By the gate's clock; at most what a Date can hold. */
  reservedAtMs: v.pipe(whole, v.maxValue(8.64e15)),
  /** The request that made it; traces it through every store. */
  requestId: v.string(),
  /** Of a sale with a line: the entry's leaf and list, and the step of the log in whose turn it was made. */
  leaf: v.optional(v.string()),
  list: v.optional(whole),
  step: v.optional(whole),
  /** Of a sale that is paid for: until when, by the gate's clock, the units are held for their payment. */
  heldUntilMs: v.optional(v.pipe(whole, v.maxValue(8.64e15))),
  /** What that entry may buy in its turn. */
  entryQuantity: v.optional(whole),
  /** The request's trace in X-Ray. Absent where nobody knew it, and in what was written before there was one. */
  traceId: v.optional(v.string()),
});
export type Reservation = v.InferOutput<typeof reservation>;

/** The state of a reservation before anything became of it. */
export const firstState = ({ quantity, heldUntilMs }: Reservation): ReservationState =>
  heldUntilMs === undefined ? reservedState(quantity) : heldState(quantity);

/** What a line of the log says of an order, so that it is found by any of its ids. */
export const namesOf = (order: Reservation) => ({
  saleId: order.saleId,
  orderId: order.orderId,
  requestId: order.requestId,
  ...(order.traceId !== undefined && { traceId: order.traceId }),
});

/** @throws ValiError when the text is not a reservation: it was not written by us. */
export const parseReservation = (json: string): Reservation => v.parse(reservation, JSON.parse(json));

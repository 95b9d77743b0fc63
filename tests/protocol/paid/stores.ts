import type { ReservationEvent, ReservationState } from "../../../core/reservation/lifecycle.ts";
import { type Reservation, stateOf } from "../../../core/reservation/reservation.ts";
import type { PaymentState } from "../../../core/payment/provider.ts";

/**
 * The stores of a story about one hold of the only unit. They are smaller than those of the other worlds: one order, one
 * payment of it, and somebody else who takes the unit as soon as it is on sale.
 */
export type Gate = {
  readonly is: "open" | "closed" | "lost";
  readonly epoch: number;
  /** What it counts of the order; "none": it does not know it. */
  readonly order: "none" | "held" | "sold" | "ended";
  readonly available: number;
  /** Somebody else has the unit. */
  readonly isTaken: boolean;
  /** The hold's time is over. */
  readonly isDue: boolean;
};

export type Ledger = {
  /** Null: the purchase has not put it yet. */
  readonly entry: Reservation | null;
  readonly events: readonly ReservationEvent[];
  /** An attempt to pay, before and after the provider's name for it is known. */
  readonly attempt: "none" | "opened" | "named";
  /** Epochs whose gates have counted it. */
  readonly marks: readonly number[];
};

/** The sale's copy in the ledger. */
export type Record = { readonly epoch: number };

export type Postgres = {
  readonly epoch: number;
  readonly servedEpoch: number;
  readonly row: readonly ReservationEvent[] | null;
};

/** `decided`: the hold with its first event. The others are reports of a capture. */
export type Message = "decided" | "captured" | "failed";
export type Task = "capture" | "expire" | "give_up";
/** A message that waits is there once: more of the same tell nothing new. */
export type Queue = readonly Message[];
export type Tasks = readonly Task[];

export type Provider = {
  readonly payment: "none" | PaymentState;
  readonly isRefunded: boolean;
  /** The bank hands over nothing in the end. */
  readonly isBankWilling: boolean;
};

export const RESERVATION = {
  saleId: "sale",
  orderId: "A1",
  buyerId: "A",
  n: 1,
  quantity: 1,
  place: 1,
  epoch: 1,
  keyHash: "key",
  reservedAtMs: 0,
  requestId: "request",
  heldUntilMs: 1,
} as unknown as Reservation;

export const PAYMENT = { paymentId: "payment", amountMinor: 100, currency: "EUR" } as const;

export const stateIn = (history: readonly ReservationEvent[]): ReservationState =>
  stateOf(RESERVATION, history);
export const isCounted = ({ order }: Gate): boolean => order === "held" || order === "sold";

export const plus = <Item extends string>(some: readonly Item[], item: Item): readonly Item[] =>
  some.includes(item) ? some : [...some, item].toSorted();
export const minus = <Item extends string>(some: readonly Item[], item: Item): readonly Item[] =>
  some.filter((other) => other !== item);

export const openGate: Gate = {
  is: "open",
  epoch: 1,
  order: "held",
  available: 0,
  isTaken: false,
  isDue: false,
};
export const heldLedger: Ledger = { entry: RESERVATION, events: [], attempt: "none", marks: [] };
export const emptyPostgres: Postgres = { epoch: 1, servedEpoch: 1, row: null };
export const willingProvider: Provider = { payment: "none", isRefunded: false, isBankWilling: true };

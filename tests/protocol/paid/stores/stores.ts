import type { PaymentState } from "../../../../core/payment/provider.ts";
import type { ReservationEvent, ReservationState } from "../../../../core/reservation/lifecycle.ts";
import type { Reservation } from "../../../../core/reservation/reservation.ts";
import { stateOf } from "../../../../core/reservation/state-of.ts";

/**
 * The stores of a story about one hold of the only unit. They are smaller than those of the other worlds: one order, at most
 * two attempts to pay for it, and somebody else who takes the unit as soon as it is on sale.
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

/** "opened": written down, before the provider's name for it is known. */
export type Attempts = Readonly<Record<string, "opened" | "named">>;

export type Ledger = {
  /** Null: the purchase has not put it yet. */
  readonly entry: Reservation | null;
  readonly events: readonly ReservationEvent[];
  readonly attempts: Attempts;
  /** Epochs whose gates have counted it. */
  readonly marks: readonly number[];
  /** Among the orders whose payments are not at rest. */
  readonly isListed: boolean;
  /** A wish of staff to cancel the hold is on the list of open wishes. */
  readonly isWished: boolean;
};

/** The sale's copy in the ledger. */
export type SaleRecord = { readonly epoch: number };

export type Postgres = {
  readonly epoch: number;
  readonly servedEpoch: number;
  readonly row: readonly ReservationEvent[] | null;
};

/** `decided`: the hold with its first event. `wish`: staff cancel the hold. The others are reports of a capture. */
export type Message = "decided" | "wish" | "captured" | "failed";
export type Task = "capture" | "expire" | "cancel" | "give_up";
/** A message that waits is there once: more of the same tell nothing new. */
export type Queue = readonly Message[];
export type Tasks = readonly Task[];

/** An attempt as the provider has it. */
export type AtProvider = {
  readonly is: PaymentState;
  readonly isRefunded: boolean;
  /** It was paid while the hold stood. */
  readonly isInTime: boolean;
};
export type Provider = {
  readonly payments: Readonly<Record<string, AtProvider>>;
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

/** Terms of every attempt. */
export const ASKED = { amountMinor: 100, currency: "EUR" } as const;

export const stateIn = (history: readonly ReservationEvent[]): ReservationState =>
  stateOf(RESERVATION, history);
export const isCounted = ({ order }: Gate): boolean => order === "held" || order === "sold";

export const openGate: Gate = {
  is: "open",
  epoch: 1,
  order: "held",
  available: 0,
  isTaken: false,
  isDue: false,
};
export const heldLedger: Ledger = {
  entry: RESERVATION,
  events: [],
  attempts: {},
  marks: [],
  isListed: false,
  isWished: false,
};
export const emptyPostgres: Postgres = { epoch: 1, servedEpoch: 1, row: null };
export const emptyProvider: Provider = { payments: {}, isBankWilling: true };

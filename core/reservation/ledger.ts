import type { OrderView } from "../contract/order.ts";
import type { ReservationEvent, ReservationState } from "./lifecycle.ts";
import type { Reservation } from "./reservation.ts";

/** A reservation in the ledger, and the state after the events that were copied there. */
export type LedgerEntry = {
  readonly reservation: Reservation;
  readonly state: ReservationState;
};

/** One of a whole sale's entries, as a rebuild needs them. */
export type SaleEntry = LedgerEntry & {
  /** The latest epoch whose gate counted it: the one that made it, or one that a mark names. */
  readonly countedEpoch: number;
};

/** An event of a reservation, to be copied into the ledger. */
export type EventOf = { readonly reservation: Reservation; readonly event: ReservationEvent };

/** Whether only the sale's epoch says what the buyer may be told. */
export const isUndecided = ({ state }: LedgerEntry): boolean => state.kind === "reserved";

/**
 * The order as its buyer sees it.
 *
 * @param isCounted whether the gate of the present epoch counts it; an undecided reservation that it does not count is
 * pending, and promises nothing. A decided one is what was decided.
 */
export function orderView({ reservation, state }: LedgerEntry, isCounted: boolean): OrderView {
  return {
    orderId: reservation.orderId,
    saleId: reservation.saleId,
    quantity: reservation.quantity,
    unitsLeft: state.unitsLeft,
    place: reservation.place,
    state: shownState(state, isCounted),
    reservedAt: new Date(reservation.reservedAtMs).toISOString(),
    ...(state.kind === "rejected" && { reason: state.reason }),
  };
}

function shownState({ kind }: ReservationState, isCounted: boolean): OrderView["state"] {
  switch (kind) {
    case "reserved":
      return isCounted ? "accepted" : "pending";
    case "confirmed":
    case "rejected":
    case "returned":
      return kind;
    case "held":
    case "authorised":
    case "placed":
    case "failed":
    case "expired":
    case "cancelled":
    case "refunded":
      throw new Error(`no reservation can be ${kind} yet`);
    default:
      return kind satisfies never;
  }
}

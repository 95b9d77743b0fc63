import type { RejectionReason, Settlement } from "../reservation/ledger.ts";
import type { Reservation } from "../reservation/reservation.ts";

/** A reservation, and what PostgreSQL said of it. */
export type SettledReservation = { readonly reservation: Reservation; readonly settlement: Settlement };

export const confirmed = (reservation: Reservation): SettledReservation => ({
  reservation,
  settlement: { state: "confirmed" },
});

export const rejected = (reservation: Reservation, reason: RejectionReason): SettledReservation => ({
  reservation,
  settlement: { state: "rejected", reason },
});

import type { OrderView } from "../contract/order.ts";
import type { Reservation } from "./reservation.ts";

/** What PostgreSQL said of a reservation; written after its transaction has committed. */
export type Settlement =
  | { readonly state: "confirmed" }
  /** PostgreSQL refused it, and says why. */
  | { readonly state: "rejected"; readonly reason: RejectionReason };

/** Why an order was refused: a second for its buyer, beyond the allocation, or of an older epoch with no unit left. */
export type RejectionReason =
  "over_purchase_limit" | "beyond_allocation" | "stale_epoch" | "conflicting_order";

/** A reservation in the ledger, and its settlement once there is one. */
export type LedgerEntry = { readonly reservation: Reservation; readonly settlement: Settlement | null };

/** One of a whole sale's entries, as a rebuild needs them. */
export type SaleEntry = LedgerEntry & {
  /** The latest epoch that a rebuild counted it into; 0: none did. */
  readonly countedEpoch: number;
};

/** The order as its buyer sees it. */
export function orderView({ reservation, settlement }: LedgerEntry): OrderView {
  return {
    orderId: reservation.orderId,
    saleId: reservation.saleId,
    quantity: reservation.quantity,
    place: reservation.place,
    state: settlement?.state ?? "accepted",
    reservedAt: new Date(reservation.reservedAtMs).toISOString(),
    ...(settlement?.state === "rejected" && { reason: settlement.reason }),
  };
}

import type { OrderRow } from "../contract/admin-orders.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";

/** A hold as the API shows it, beside the rows of the merchant's records; null: it is not held any more. */
export function holdRow({ reservation, state }: LedgerEntry): OrderRow | null {
  if (state.kind !== "held" || reservation.heldUntilMs === undefined) return null;
  const { orderId, buyerId, quantity, place, requestId, traceId = null } = reservation;
  return {
    orderId,
    buyerId,
    quantity,
    unitsLeft: state.unitsLeft,
    unitsWithheld: 0,
    place,
    state: "held",
    reason: null,
    capturedMinor: 0,
    refundedMinor: 0,
    reservedAt: new Date(reservation.reservedAtMs).toISOString(),
    recordedAt: null,
    expiresAt: new Date(reservation.heldUntilMs).toISOString(),
    requestId,
    traceId,
  };
}

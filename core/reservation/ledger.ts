import type { OrderView } from "../contract/order.ts";
import type { ReservationEvent, ReservationState } from "./lifecycle.ts";
import type { OpenedPayment } from "./payment-attempt.ts";
import { dueMinor, refundedMinor } from "./refunds.ts";
import type { Reservation } from "./reservation.ts";
import type { Withdrawal } from "./wish.ts";

/** A reservation in the ledger, and the state after the events that were copied there. */
export type LedgerEntry = {
  readonly reservation: Reservation;
  readonly state: ReservationState;
  /** Of one that is to be paid for, what became of it, as it is in the ledger. */
  readonly history?: readonly ReservationEvent[];
  /** The attempts to pay for it, first to last; absent: none was ever opened. */
  readonly payments?: readonly OpenedPayment[];
  /** Withdrawals that were received and are not decided yet; absent: none. */
  readonly withdrawals?: readonly Withdrawal[];
};

/** One of a whole sale's entries, as a rebuild needs them. */
export type SaleEntry = LedgerEntry & {
  /** The latest epoch whose gate counted it: the one that made it, or one that a mark names. */
  readonly countedEpoch: number;
};

/** An event of a reservation, to be copied into the ledger. */
export type EventOf = { readonly reservation: Reservation; readonly event: ReservationEvent };

/** Whether only the sale's epoch says what the buyer may be told. */
export const isUndecided = ({ state: { kind } }: Pick<LedgerEntry, "state">): boolean =>
  kind === "reserved" || kind === "held";

/**
 * The order as its buyer sees it.
 *
 * @param isCounted whether the gate of the present epoch counts it; an undecided reservation that it does not count is
 * pending, and promises nothing. A decided one is what was decided.
 */
export function orderView({ reservation, state, withdrawals }: LedgerEntry, isCounted: boolean): OrderView {
  const shown = shownState(state, isCounted);
  return {
    orderId: reservation.orderId,
    saleId: reservation.saleId,
    quantity: reservation.quantity,
    unitsLeft: state.unitsLeft,
    place: reservation.place,
    state: shown,
    reservedAt: iso(reservation.reservedAtMs),
    ...(shown === "held" && { expiresAt: iso(reservation.heldUntilMs ?? reservation.reservedAtMs) }),
    ...(state.kind === "rejected" && { reason: state.reason }),
    ...refundOf(state),
    ...(withdrawals && { withdrawalsReceivedAt: withdrawals.map(({ wishedAtMs }) => iso(wishedAtMs)) }),
  };
}

function refundOf(state: ReservationState): Pick<OrderView, "refund"> {
  const { payment, refunds, outside } = state;
  if (!payment || (!refunds && !outside)) return {};
  // What failed is owed still, whoever sees to it.
  const failedMinor = (refunds ?? [])
    .filter((refund) => refund.state === "failed")
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return {
    refund: {
      dueMinor: dueMinor(state) + failedMinor,
      refundedMinor: refundedMinor(state),
      currency: payment.currency,
    },
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();

function shownState({ kind }: ReservationState, isCounted: boolean): OrderView["state"] {
  switch (kind) {
    case "reserved":
      return isCounted ? "accepted" : "pending";
    case "held":
      return isCounted ? "held" : "pending";
    // Only the merchant's records know whether its money was taken yet; nothing is left for the buyer to do.
    case "placed":
      return "authorised";
    case "authorised":
    case "confirmed":
    case "rejected":
    case "returned":
    case "failed":
    case "expired":
    case "cancelled":
    case "refunded":
      return kind;
    default:
      return kind satisfies never;
  }
}

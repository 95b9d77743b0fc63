import type { ErasureObstacle } from "../contract/buyer-data.ts";
import { SESSION_SECONDS } from "../identity/session.ts";
import type { SaleId } from "../ids.ts";
import type { ReservationState } from "../reservation/lifecycle.ts";

/** What a sale has of a buyer, as far as it decides whether that may go. */
export type SaleStanding = {
  readonly saleId: SaleId;
  /** Over, and every store agrees on every order. */
  readonly isClosed: boolean;
  readonly orders: readonly {
    readonly state: ReservationState["kind"];
    /** It is on the list of those whose payments are not at rest. */
    readonly isPaymentOpen: boolean;
    /** Money of it is still to go back, or somebody must see to that it does. */
    readonly isRefundOpen: boolean;
  }[];
  /** Entries in the sale's line. */
  readonly entries: number;
};

export type Obstacle = { readonly kind: ErasureObstacle; readonly saleId: SaleId | null };

/** The clocks of functions may differ, and what a session did last may still be on its way. */
const SESSION_MARGIN_MS = 60 * 60 * 1000;

/**
 * When no session of a buyer can run any more, and so nothing new can come of them. What began before that was noted
 * (`null`) had begun when the deletion was asked for.
 */
export const sessionsOverAtMs = (sessionsUntilMs: number | null, askedAtMs: number): number =>
  (sessionsUntilMs ?? askedAtMs + SESSION_SECONDS * 1000) + SESSION_MARGIN_MS;

/**
 * Why a buyer's data must stay for now; null: nothing stands in the way. Units and money of theirs are under way, or the sale
 * still counts on them: its gate, its purchase limit, its line's turns.
 */
export function obstacleOf(standings: readonly SaleStanding[]): Obstacle | null {
  for (const { saleId, isClosed, orders, entries } of standings) {
    if (orders.some(({ isPaymentOpen }) => isPaymentOpen)) return { kind: "open_payment", saleId };
    if (orders.some(({ isRefundOpen }) => isRefundOpen)) return { kind: "open_refund", saleId };
    for (const { state } of orders) {
      const kind = openAs(state);
      if (kind !== null) return { kind, saleId };
    }
    if (isClosed) continue;
    if (orders.length > 0) return { kind: "open_sale", saleId };
    if (entries > 0) return { kind: "open_entry", saleId };
  }
  return null;
}

function openAs(state: ReservationState["kind"]): ErasureObstacle | null {
  switch (state) {
    case "reserved":
      return "open_order";
    case "held":
      return "open_hold";
    case "authorised":
    case "placed":
      return "open_payment";
    case "confirmed":
    case "rejected":
    case "returned":
    case "failed":
    case "expired":
    case "cancelled":
    case "refunded":
      return null;
    default:
      return state satisfies never;
  }
}

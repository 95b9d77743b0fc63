import type { ReservationEvent } from "../../core/reservation/lifecycle.ts";

type Kind = ReservationEvent["kind"];
export type EventBody = { readonly kind: Kind; readonly id?: string } & Readonly<Record<string, unknown>>;

/** Who asked, where somebody does. */
export const by = { reason: "", actorId: "byr_1" };

/** One whole event of each kind but for id and number; those about a refund name the order's only one, attempt 4. */
export const eventBodies = (
  payment: Readonly<Record<string, unknown>>,
): Readonly<Record<Kind, EventBody>> => ({
  authorised: { ...payment, kind: "authorised" },
  placed: { kind: "placed" },
  confirmed: { kind: "confirmed" },
  rejected: { kind: "rejected", reason: "beyond_allocation" },
  failed: { kind: "failed", why: "capture_refused" },
  expired: { kind: "expired" },
  cancelled: { kind: "cancelled", actorId: "byr_1" },
  returned: { kind: "returned", units: 1, isWithheld: false, refundMinor: 0, ...by },
  wish_refused: { kind: "wish_refused", why: "not_confirmed", actorId: "byr_1" },
  refund_granted: { kind: "refund_granted", amountMinor: 1, ...by },
  refund_retried: { kind: "refund_retried", refundId: "wish", ...by },
  refund_settled: { kind: "refund_settled", refundId: "wish", ...by },
  refunded: { kind: "refunded", attempt: 4, givenMinor: 100, coveredMinor: 0 },
  refund_failed: { kind: "refund_failed", attempt: 4, why: "sent_back" },
  refunded_outside: { kind: "refunded_outside", outsideId: "re_x", amountMinor: 1 },
});

/** Kinds that follow only where the order has the refund that they name. */
export const ofOneRefund: readonly Kind[] = ["refund_retried", "refund_settled", "refunded", "refund_failed"];

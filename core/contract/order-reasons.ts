// Apart from the rest of an order: the ledger reads them, and no schema beside them.

/**
 * Why an order was rejected: more units than the buyer may have, more than the sale has, reserved in an earlier life of
 * the gate with no unit left in this one, or another order under the same id.
 */
export const rejectionReasons = [
  "over_purchase_limit",
  "beyond_allocation",
  "stale_epoch",
  "conflicting_order",
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/** Why the money of an order never came: the provider refused to hand over what it had authorised, or let it lapse. */
export const failureReasons = ["capture_refused", "authorisation_lapsed"] as const;
export type FailureReason = (typeof failureReasons)[number];

/** Why money could not be given back for good: a bank sent it back, the provider refused, or nothing is left to give back. */
export const refundFailures = ["sent_back", "refused", "nothing_left"] as const;
export type RefundFailure = (typeof refundFailures)[number];

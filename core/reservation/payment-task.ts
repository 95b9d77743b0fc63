import * as v from "valibot";
import { failureReasons, refundFailures } from "../contract/order-reasons.ts";
import { buyerId, orderId, saleId } from "../contract/ids.ts";

const names = { saleId, orderId, buyerId, requestId: v.string(), traceId: v.optional(v.string()) };

/**
 * What must be done at the payment provider for an order, as a message to the functions that reach it. Everything else that
 * they need is in the ledger. Any task may come twice, late, and after it has become pointless: the state in the ledger
 * decides.
 *
 * - `capture`: the order is placed; take its money, and report (`PaymentReport`).
 * - `cancel`: a member of staff wished the hold away; else as `expire`.
 * - `expire`: the hold is overdue and a payment was opened. Cancel what was opened. What cannot be cancelled because it is
 *   authorised authorises the hold; otherwise the hold is expired.
 * - `give_up`: the order ended without a unit; whatever was authorised or captured for it goes back.
 * - `refund`: money of a paid order is due back; each time once. What came of it is reported.
 */
export const paymentTask = v.variant("task", [
  v.object({ task: v.picklist(["capture", "expire", "give_up", "refund"]), ...names }),
  v.object({ task: v.literal("cancel"), ...names, wishId: v.string(), actorId: v.string() }),
]);
export type PaymentTask = v.InferOutput<typeof paymentTask>;

/** @throws ValiError when the text is no task. */
export const parsePaymentTask = (json: string): PaymentTask => v.parse(paymentTask, JSON.parse(json));

const captured = v.object({
  payment: v.literal("captured"),
  ...names,
  paymentId: v.string(),
});
const failed = v.object({
  payment: v.literal("failed"),
  ...names,
  paymentId: v.string(),
  why: v.picklist(failureReasons),
});
const refunded = v.object({
  payment: v.literal("refunded"),
  ...names,
  paymentId: v.string(),
  attempt: v.number(),
  givenMinor: v.number(),
  coveredMinor: v.number(),
});
const refundFailed = v.object({
  payment: v.literal("refund_failed"),
  ...names,
  paymentId: v.string(),
  attempt: v.number(),
  why: v.picklist(refundFailures),
});
const refundedOutside = v.object({
  payment: v.literal("refunded_outside"),
  ...names,
  paymentId: v.string(),
  outsideId: v.string(),
  amountMinor: v.number(),
});
const report = v.variant("payment", [captured, failed, refunded, refundFailed, refundedOutside]);
/** What the provider has done with an order's money, as a message to the order queue: the consumer decides on it. */
export type PaymentReport = v.InferOutput<typeof report>;

/** @throws ValiError when the text is no report. */
export const parsePaymentReport = (json: string): PaymentReport => v.parse(report, JSON.parse(json));

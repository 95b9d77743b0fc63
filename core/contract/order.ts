import * as v from "valibot";
import { orderId, saleId } from "./ids.ts";
import { picture } from "./picture.ts";
import { count, instant } from "./sale.ts";
import { withdrawalExceptions } from "./sale-withdrawal.ts";

export {
  type FailureReason,
  failureReasons,
  type RefundFailure,
  refundFailures,
  type RejectionReason,
  rejectionReasons,
} from "./order-reasons.ts";

/**
 * pending: not known to be yours yet, nothing is promised. accepted: in the ledger and counted, can no longer be lost.
 * confirmed: a row in the merchant's records, and paid if it costs anything. rejected: with a reason. returned: confirmed
 * once, all units came back. refunded: and so did all of their money.
 *
 * Of a sale that is paid for: held until `expiresAt`, and to be paid by then. authorised: the money is there, and the
 * order is being recorded. expired, cancelled: not paid, nothing was charged. failed: the money could not be taken.
 */
export const orderStates = [
  "pending",
  "accepted",
  "held",
  "authorised",
  "confirmed",
  "rejected",
  "returned",
  "refunded",
  "expired",
  "cancelled",
  "failed",
] as const;

/** Why a payment is undone: it came when the order had ended; another one has paid for it; it is not what the order asks. */
export const undoneReasons = ["too_late", "second", "wrong_amount"] as const;
export type UndoneReason = (typeof undoneReasons)[number];

/** What became of an order, step by step. */
export const orderEventKinds = [
  "authorised",
  "placed",
  "confirmed",
  "rejected",
  "failed",
  "expired",
  "cancelled",
  "returned",
  "wish_refused",
  "refund_granted",
  "refund_retried",
  "refund_settled",
  "refunded",
  "refund_failed",
  "refunded_outside",
] as const;
export type OrderEventKind = (typeof orderEventKinds)[number];

export const order = v.object({
  orderId,
  saleId,
  quantity: count,
  /** Of them, what the buyer has: fewer than `quantity` once units were taken back, none if it was rejected. */
  unitsLeft: count,
  /** The buyer's place in the sale's order, from 1, given by the gate. */
  place: count,
  state: v.picklist(orderStates),
  reservedAt: instant,
  /** Until when it is held; only with the state `held`. Who pays by then has it. */
  expiresAt: v.optional(instant),
  /** Why it was rejected; only with the state `rejected`. */
  reason: v.optional(v.string()),
  /** Of what was paid: what goes back and has not arrived yet, and what was given back. Absent: nothing was ever to. */
  refund: v.optional(v.object({ dueMinor: count, refundedMinor: count, currency: v.string() })),
  /** When withdrawals were received that nobody has decided on yet. */
  withdrawalsReceivedAt: v.optional(v.array(instant)),
});
export type OrderView = v.InferOutput<typeof order>;

/** What an order was of, as it was shown when it was bought. */
const soldAs = v.object({
  name: v.string(),
  /** In the languages in which it has another name. */
  names: v.object({ en: v.optional(v.string()), de: v.optional(v.string()) }),
  /** Of one unit; it cannot change once the sale has begun. */
  priceMinor: count,
  picture: v.nullable(picture),
  currency: v.string(),
});
export type SoldAs = v.InferOutput<typeof soldAs>;

/**
 * Whether the buyer may withdraw from it. open: until then. over: they could until then. excepted: the law gives no such right
 * for what this sale sells.
 */
const withdrawal = v.variant("kind", [
  v.object({ kind: v.picklist(["open", "over"]), until: instant }),
  v.object({ kind: v.literal("excepted"), exception: v.picklist(withdrawalExceptions) }),
]);

/** `sale`: null while that cannot be read; the order stands without it. `withdrawal`: null then, and where there is nothing to withdraw from. */
export const ownOrder = v.object({
  ...order.entries,
  sale: v.nullable(soldAs),
  withdrawal: v.nullable(withdrawal),
});
export type OwnOrder = v.InferOutput<typeof ownOrder>;

export const buyerOrder = v.object({ ...order.entries, sale: soldAs, withdrawal: v.nullable(withdrawal) });
export type BuyerOrder = v.InferOutput<typeof buyerOrder>;

export const buyerOrdersQuery = v.strictObject({
  /** The `next` of the page before. */
  after: v.optional(saleId),
});

/**
 * All orders of one buyer in some of the sales, newest sale first. `next` goes into `after` for the sales before those;
 * only with null has every sale been looked through, and a page without orders is not the end.
 */
export const buyerOrderPage = v.object({ orders: v.array(buyerOrder), next: v.nullable(saleId) });
export type BuyerOrderPage = v.InferOutput<typeof buyerOrderPage>;

export const orderList = v.object({ orders: v.array(order) });
export type OrderList = v.InferOutput<typeof orderList>;

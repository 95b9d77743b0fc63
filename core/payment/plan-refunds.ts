import type { RefundFailure } from "../contract/order.ts";
import type { OrderId } from "../ids.ts";
import type { Refund } from "../reservation/refunds.ts";
import type { ReservationState } from "../reservation/lifecycle.ts";
import { keyOf, type Payment, type ProviderRefund } from "./provider.ts";

/** What the records are to be told of an order's refunds. */
export type RefundNews =
  | {
      readonly payment: "refunded";
      readonly attempt: number;
      readonly givenMinor: number;
      readonly coveredMinor: number;
    }
  | { readonly payment: "refund_failed"; readonly attempt: number; readonly why: RefundFailure }
  | { readonly payment: "refunded_outside"; readonly outsideId: string; readonly amountMinor: number };

export type RefundStep =
  | { readonly do: "give"; readonly attempt: number; readonly amountMinor: number; readonly key: string }
  | { readonly do: "tell"; readonly news: RefundNews }
  /** The provider can't say yet whether the shopper's bank takes it. */
  | { readonly do: "wait" };

type Money = Pick<ReservationState, "refunds" | "outside">;
type Owing = { outsideMinor: number; leftMinor: number };

/**
 * What is to be done about the money that an order owes, from what the ledger says and what the provider has. By rules alone,
 * and the same for whoever looks: nothing is to be done once both say the same.
 *
 * Money that was given back at the provider's own console counts for units that come back, and for nothing else: what an
 * operator grants beside it, they mean beside it.
 */
export function planRefunds({ refunds = [], outside = [] }: Money, payment: Payment): RefundStep[] {
  const { orderId, capturedMinor, refundedMinor } = payment;
  const own = new Map(refunds.map((refund) => [refund.refundId, ownOf(orderId, refund, payment.refunds)]));
  const others = payment.refunds.filter(({ key, state }) => !isOurs(orderId, key) && state !== "failed");
  const known = new Set(outside.map(({ outsideId }) => outsideId));
  const owing: Owing = {
    outsideMinor: sum(others.map(({ amountMinor }) => amountMinor)) - coveredBefore(refunds),
    leftMinor: capturedMinor - refundedMinor,
  };
  return [
    ...refunds.flatMap((refund) => stepOf(refund, own.get(refund.refundId), orderId, owing)),
    ...others.flatMap(({ id, amountMinor, state }): RefundStep[] =>
      state === "succeeded" && !known.has(id)
        ? [{ do: "tell", news: { payment: "refunded_outside", outsideId: id, amountMinor } }]
        : [],
    ),
  ];
}

function stepOf(
  refund: Refund,
  own: ProviderRefund | undefined,
  orderId: OrderId,
  owing: Owing,
): RefundStep[] {
  const { attempt, amountMinor, isForUnits } = refund;
  const failed = (why: RefundFailure): RefundStep[] => [
    { do: "tell", news: { payment: "refund_failed", attempt, why } },
  ];
  // A bank may send back weeks later what it has taken.
  if (refund.state !== "due")
    return refund.givenMinor > 0 && own?.state === "failed" ? failed("sent_back") : [];
  if (own?.state === "failed") return failed("sent_back");
  if (own?.state === "pending") return [{ do: "wait" }];
  const mayCover = isForUnits ? Math.max(0, owing.outsideMinor) : 0;
  const coveredMinor = own ? amountMinor - own.amountMinor : Math.min(amountMinor, mayCover);
  owing.outsideMinor -= coveredMinor;
  const givenMinor = amountMinor - coveredMinor;
  if (own || givenMinor === 0)
    return [{ do: "tell", news: { payment: "refunded", attempt, givenMinor, coveredMinor } }];
  if (givenMinor > owing.leftMinor) return failed("nothing_left");
  owing.leftMinor -= givenMinor;
  return [{ do: "give", attempt, amountMinor: givenMinor, key: keyOf(orderId, "refund", attempt) }];
}

/** By the key of its last attempt; those from before there were attempts have that of their event. */
const ownOf = (
  orderId: OrderId,
  { attempt, refundId }: Refund,
  all: readonly ProviderRefund[],
): ProviderRefund | undefined => {
  const found = all.filter(
    ({ key }) => key === keyOf(orderId, "refund", attempt) || key === `${orderId}:refund:${refundId}`,
  );
  // A try that failed at the provider may have been made again under its key.
  return found.findLast(({ state }) => state !== "failed") ?? found.at(-1);
};

const isOurs = (orderId: OrderId, key: string | null): boolean => key?.startsWith(`${orderId}:`) ?? false;
const coveredBefore = (refunds: readonly Refund[]): number =>
  sum(refunds.map(({ coveredMinor }) => coveredMinor));
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

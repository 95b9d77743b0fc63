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

type Money = Pick<ReservationState, "refunds" | "outside" | "number">;
type Owing = { outsideMinor: number; leftMinor: number };

/**
 * What is to be done about the money that an order owes, from what the ledger says and what the provider has. By rules alone,
 * and the same for whoever looks: nothing is to be done once both say the same.
 *
 * Money that was given back at the provider's own console counts for units that come back, and for nothing else: what an
 * operator grants beside it, they mean beside it. A call that nobody answered may take effect after something else has counted
 * for its units: then it was given too, and what counted for them is free for others. What a refund has given that is settled
 * otherwise by now counts as if it were made elsewhere.
 *
 * @param payment read after the ledger was, if it has anything that the ledger knows nothing of: a refund that failed meanwhile is
 * none.
 */
export function planRefunds({ refunds = [], outside = [], number }: Money, payment: Payment): RefundStep[] {
  const { orderId, capturedMinor, refundedMinor } = payment;
  const own = new Map(refunds.map((refund) => [refund.refundId, ownOf(orderId, refund, payment.refunds)]));
  const counted = new Set(
    refunds.filter(({ state }) => state !== "failed").map((refund) => own.get(refund.refundId)),
  );
  const others = payment.refunds.filter(
    (refund) => refund.state !== "failed" && !counted.has(refund) && !isOfLater(orderId, refund.key, number),
  );
  const known = new Set(outside.map(({ outsideId }) => outsideId));
  const covered = refunds.map((refund) => coveredNow(refund, own.get(refund.refundId)));
  const owing: Owing = {
    outsideMinor: sum(others.map(({ amountMinor }) => amountMinor)) - sum(covered),
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
  const refunded = (givenMinor: number): RefundStep[] => [
    {
      do: "tell",
      news: { payment: "refunded", attempt, givenMinor, coveredMinor: amountMinor - givenMinor },
    },
  ];
  if (refund.state !== "due") {
    if (isGivenLate(refund, own))
      return own.state === "pending" ? [{ do: "wait" }] : refunded(own.amountMinor);
    // A bank may send back weeks later what it has taken.
    return refund.givenMinor > 0 && own?.state === "failed" ? failed("sent_back") : [];
  }
  if (own?.state === "failed") return failed("sent_back");
  if (own?.state === "pending") return [{ do: "wait" }];
  if (own) return refunded(own.amountMinor);
  const coveredMinor = isForUnits ? Math.min(amountMinor, Math.max(0, owing.outsideMinor)) : 0;
  owing.outsideMinor -= coveredMinor;
  const givenMinor = amountMinor - coveredMinor;
  if (givenMinor === 0) return refunded(0);
  if (givenMinor > owing.leftMinor) return failed("nothing_left");
  owing.leftMinor -= givenMinor;
  return [{ do: "give", attempt, amountMinor: givenMinor, key: keyOf(orderId, "refund", attempt) }];
}

/** Something else has counted for it, and the provider has given it all the same. */
const isGivenLate = (
  { state, givenMinor }: Refund,
  own: ProviderRefund | undefined,
): own is ProviderRefund & { readonly state: "pending" | "succeeded" } =>
  state === "refunded" && givenMinor === 0 && own !== undefined && own.state !== "failed";

/** What of a refund was given back elsewhere, by what the provider has now. */
function coveredNow(refund: Refund, own: ProviderRefund | undefined): number {
  if (refund.state === "failed") return 0;
  const isOwn = own !== undefined && own.state !== "failed";
  if (refund.state === "due") return isOwn ? refund.amountMinor - own.amountMinor : 0;
  return isGivenLate(refund, own) ? refund.amountMinor - own.amountMinor : refund.coveredMinor;
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

/** Given by somebody of us who knew more of the order than the ledger has said here. */
function isOfLater(orderId: OrderId, key: string | null, number: number): boolean {
  const begins = keyOf(orderId, "refund", 0).slice(0, -1);
  return key !== null && key.startsWith(begins) && Number(key.slice(begins.length)) > number;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

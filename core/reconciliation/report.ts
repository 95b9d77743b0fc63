import type { OrderId } from "../ids.ts";

export type Identity = {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly holds: boolean;
};

/** A difference between the stores, of one order, traced to its request. */
export type Difference = {
  readonly orderId: OrderId;
  readonly quantity: number;
  readonly kind:
    | "gate_only"
    | "missing_in_gate"
    | "order_without_entry"
    | "without_order"
    | "undecided"
    | "not_given_back";
  readonly requestId: string | null;
};

export type Report = {
  readonly identities: readonly Identity[];
  readonly differences: readonly Difference[];
  /** Units on which the stores disagree; in flight is no disagreement. */
  readonly driftUnits: number;
  /** Accepted, or a hold that ended, and on the way to an order row. */
  readonly inFlight: number;
  /** Held and not paid for, placed and their money not taken yet, or their money due back and not given yet. */
  readonly unpaid: number;
  /** In the currency's smallest unit; absent: the sale took none. */
  readonly money?: Money;
  /** In the ledger, and of an older epoch: nobody was told that they are accepted, and nobody has decided. */
  readonly undecided: number;
  readonly rejected: number;
  readonly deadLetters: number;
};

/** What was taken and given back. failed: somebody must see to it. outside: at the provider's own console, a part of `refunded`. */
export type Money = {
  readonly capturedMinor: number;
  readonly refundedMinor: number;
  readonly dueMinor: number;
  readonly failedMinor: number;
  readonly outsideMinor: number;
};

/** Nothing is on the way or to be paid, nobody waits for a decision, and no store disagrees. */
export const isSettled = ({ driftUnits, inFlight, unpaid, undecided, differences }: Report): boolean =>
  driftUnits + inFlight + unpaid + undecided + differences.length === 0;

/** Two numbers that must be equal. */
export const identity = (name: string, left: number, right: number, holds = left === right): Identity => ({
  name,
  left,
  right,
  holds,
});

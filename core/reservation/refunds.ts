import type { RefundFailure } from "../contract/order.ts";
import type { Decision, ReservationEvent, ReservationState, WishRefusal } from "./lifecycle.ts";

/** Money of an order that is to be given back, or was. */
export type Refund = {
  /** Of the event that granted it. */
  readonly refundId: string;
  /** The number of the event that last asked for it: part of the provider's key, so each try has a key of its own. */
  readonly attempt: number;
  readonly amountMinor: number;
  /** Units came back for it; else they stayed. */
  readonly isForUnits: boolean;
  readonly state: "due" | "refunded" | "failed";
  /** Of the amount, what was given back before at the provider's own console. */
  readonly coveredMinor: number;
  readonly givenMinor: number;
  readonly why?: RefundFailure;
  /** This attempt has given after something else had counted for it: that happens once. */
  readonly isLate?: true;
};

/** Money that the merchant gave back at the provider's own console. */
export type OutsideRefund = { readonly outsideId: string; readonly amountMinor: number };

export type RefundEvent =
  /** Money goes back, and the units stay. */
  | {
      readonly kind: "refund_granted";
      readonly amountMinor: number;
      readonly reason: string;
      readonly actorId: string;
    }
  /** What failed is tried again, or was paid back another way. */
  | {
      readonly kind: "refund_retried" | "refund_settled";
      readonly refundId: string;
      readonly reason: string;
      readonly actorId: string;
    }
  | {
      readonly kind: "refunded";
      readonly attempt: number;
      readonly givenMinor: number;
      readonly coveredMinor: number;
    }
  | { readonly kind: "refund_failed"; readonly attempt: number; readonly why: RefundFailure }
  | { readonly kind: "refunded_outside"; readonly outsideId: string; readonly amountMinor: number };

export type RefundWish = {
  readonly wishId: string;
  readonly amountMinor: number;
  readonly reason: string;
  readonly actorId: string;
};
export type ResolveWish = {
  readonly wishId: string;
  readonly refundId: string;
  readonly how: "again" | "otherwise";
  readonly reason: string;
  readonly actorId: string;
};

export type RefundCommand =
  /** An operator wishes to give money back, and leaves the units. */
  | { readonly kind: "refund"; readonly wish: RefundWish }
  /** An operator says what is to become of a refund that failed. */
  | { readonly kind: "resolve_refund"; readonly wish: ResolveWish }
  /** The provider has given money back; or never will; or did so at its own console. */
  | {
      readonly kind: "take_refunded";
      readonly attempt: number;
      readonly givenMinor: number;
      readonly coveredMinor: number;
    }
  | { readonly kind: "take_refund_failed"; readonly attempt: number; readonly why: RefundFailure }
  | { readonly kind: "take_refunded_outside"; readonly outsideId: string; readonly amountMinor: number };

const none: readonly never[] = [];
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

type Money = Pick<ReservationState, "payment" | "refunds" | "outside">;

/** Granted in all, whatever became of it. */
export const grantedMinor = ({ refunds = none }: Money): number =>
  sum(refunds.map(({ amountMinor }) => amountMinor));

/** Still to be given back. */
export const dueMinor = ({ refunds = none }: Money): number =>
  sum(refunds.filter(({ state }) => state === "due").map(({ amountMinor }) => amountMinor));

/** Given back, by us and at the provider's own console. */
export const refundedMinor = ({ refunds = none, outside = none }: Money): number =>
  sum(refunds.filter(({ state }) => state === "refunded").map(({ givenMinor }) => givenMinor)) +
  sum(outside.map(({ amountMinor }) => amountMinor));

/** What can still be granted: never more in all than was taken. */
export const grantableMinor = (money: Money): number =>
  (money.payment?.amountMinor ?? 0) - grantedMinor(money);

/** The money of units that come back: their price, as far as it was not granted before. */
export const moneyOf = (units: number, state: ReservationState): number =>
  Math.min(units * (state.unitMinor ?? 0), grantableMinor(state));

/** Its money was taken: only then is there something to give back. */
const hasBeenTaken = ({ kind, payment }: ReservationState): boolean =>
  payment !== undefined && (kind === "confirmed" || kind === "returned" || kind === "refunded");

export function decideRefund(command: RefundCommand, state: ReservationState): Decision {
  const number = state.number + 1;
  switch (command.kind) {
    case "refund":
    case "resolve_refund":
      return decideMoneyWish(command, state);
    case "take_refunded": {
      const { attempt, givenMinor, coveredMinor } = command;
      const refund = hasBeenTaken(state) ? refundOf(state, attempt) : undefined;
      // Given after something else has counted for it: that is another event.
      const isLate =
        refund?.state === "refunded" && refund.givenMinor === 0 && givenMinor > 0 && !refund.isLate;
      if (refund?.state === "refunded" && !isLate) return events();
      if (!refund || refund.state === "failed" || !isWithinTaken(state, givenMinor)) return alreadyDecided;
      return events({
        kind: "refunded",
        id: isLate ? lateId(attempt) : `refunded:${attempt}`,
        number,
        attempt,
        givenMinor,
        coveredMinor,
      });
    }
    case "take_refund_failed": {
      const { attempt, why } = command;
      const refund = hasBeenTaken(state) ? refundOf(state, attempt) : undefined;
      if (!refund) return alreadyDecided;
      // What gave nothing can't be sent back: it failed before, and was paid back another way since, or needed no giving.
      // What gave can only be sent back: any other failure was told by somebody who had not seen it given.
      const isKnown = refund.givenMinor === 0 || why !== "sent_back";
      if (refund.state === "failed" || (refund.state === "refunded" && isKnown)) return events();
      const id = `refund_failed:${attempt}${refund.isLate ? ":late" : ""}`;
      return events({ kind: "refund_failed", id, number, attempt, why });
    }
    case "take_refunded_outside": {
      const { outsideId, amountMinor } = command;
      if (state.outside?.some((refund) => refund.outsideId === outsideId)) return events();
      if (!hasBeenTaken(state) || !isWithinTaken(state, amountMinor)) return alreadyDecided;
      return events({
        kind: "refunded_outside",
        id: `outside:${outsideId}`,
        number,
        outsideId,
        amountMinor,
      });
    }
    default:
      return command satisfies never;
  }
}

/** Of the event that says that a refund was given after all, though something else had counted for it. */
export const lateId = (attempt: number): string => `refunded:${attempt}:late`;

function decideMoneyWish(
  { wish, ...command }: Extract<RefundCommand, { kind: "refund" | "resolve_refund" }>,
  state: ReservationState,
): Decision {
  if (["reserved", "held", "authorised", "placed"].includes(state.kind))
    return { kind: "refused", why: "not_decided" };
  const { wishId: id, reason, actorId } = wish;
  if (state.wishes.includes(id)) return events();
  const number = state.number + 1;
  const refuse = (why: WishRefusal) => events({ kind: "wish_refused", id, number, why, actorId });
  if (!hasBeenTaken(state)) return refuse("nothing_paid");
  if (command.kind === "refund" && "amountMinor" in wish) {
    const { amountMinor } = wish;
    if (amountMinor > grantableMinor(state)) return refuse("too_much_money");
    return events({ kind: "refund_granted", id, number, amountMinor, reason, actorId });
  }
  if (!("refundId" in wish)) throw new Error(`${id} is no wish about a refund`);
  const { refundId, how } = wish;
  const refund = state.refunds?.find((candidate) => candidate.refundId === refundId);
  if (refund?.state !== "failed") return refuse("not_failed");
  const kind = how === "again" ? "refund_retried" : "refund_settled";
  return events({ kind, id, number, refundId, reason, actorId });
}

export const refundOf = ({ refunds = none }: ReservationState, attempt: number): Refund | undefined =>
  refunds.find((refund) => refund.attempt === attempt);

const isWithinTaken = (state: ReservationState, moreMinor: number): boolean =>
  refundedMinor(state) + moreMinor <= (state.payment?.amountMinor ?? 0);

const events = (...all: ReservationEvent[]): Decision => ({ kind: "events", events: all });
const alreadyDecided: Decision = { kind: "refused", why: "already_decided" };

/** What an event grants; nothing where nothing is left to be given back. */
export const granted = (
  { id, number }: Pick<ReservationEvent, "id" | "number">,
  amountMinor: number,
  isForUnits: boolean,
): Refund => ({
  refundId: id,
  attempt: number,
  amountMinor,
  isForUnits,
  state: "due",
  coveredMinor: 0,
  givenMinor: 0,
});

import type { BuyerId, OrderView, ProblemKind, SaleId } from "../api/contract.ts";

/** What one buyer wants, under one idempotency key. Stored before it is sent and until its outcome is final. */
export type Intent = {
  key: string;
  saleId: SaleId;
  buyerId: BuyerId;
  quantity: number;
  /** Of the buyer's entry in the line, where the sale has one. */
  ticket?: string;
  /** That the buyer is a guest of the sale, where it has a list. */
  invitation?: string;
  /** True once an attempt ended without a clear answer: units may have been taken, so nobody may walk away from it. */
  isDoubtful: boolean;
  /** Units of this sale that the buyer had when they asked for these; absent: none. */
  unitsBefore?: number;
  /** Set by a 202: from here on the order is followed, and the purchase is not sent again. */
  accepted?: OrderView;
};

/** Why the next attempt waits. `checking` covers all that is not known; it is never a refusal. */
export type WaitReason = "checking" | "rate_limited" | "paused" | "offline";

/** Refusals after which nothing is left to wait for. */
export type RefusalKind =
  | Exclude<
      ProblemKind,
      | "unauthenticated"
      | "rate_limited"
      | "paused"
      | "recovering"
      | "lost"
      | "outcome_unknown"
      | "join_unknown"
      | "unavailable"
      | "internal"
    >
  /** `sold_out` to one who asked for several: fewer are left, but some. */
  | "too_few";

export type SettledState = {
  kind: "settled";
  /** Units that the buyer has in all orders of this sale, as the ledger says; null: not known yet, so no more are offered. */
  unitsHeld: number | null;
} & (
  | {
      outcome:
        | "confirmed"
        | "already_bought"
        | "rejected"
        | "returned"
        | "refunded"
        | "expired"
        | "cancelled"
        | "failed";
      order: OrderView;
    }
  | { outcome: "refused"; refusal: RefusalKind; atServerMs: number; unitsBefore: number }
);

/**
 * One buyer's purchase in one sale.
 *
 * idle → submitting → (waiting → submitting)* → following → settled. A session that expires leads to `signing_in`, where
 * this purchase ends; whoever signs in next begins from the stored intent, and so with the same key. From settled a buyer
 * who is below the limit may begin again: a new intent with a key of its own, never the old one. Several tabs of one buyer
 * hold the same state: one of them leads, the others mirror it.
 */
export type PurchaseState =
  | { kind: "idle" }
  | { kind: "submitting"; intent: Intent; attempt: number; why: WaitReason | null }
  | { kind: "waiting"; intent: Intent; attempt: number; why: WaitReason; waitMs: number }
  | { kind: "signing_in" }
  | { kind: "following"; order: OrderView; intent: Intent | null; looks: number }
  | SettledState;

/** Where a page begins that finds a stored intent: nothing is known yet, and nothing is asked until this tab leads. */
export const stateOfKept = (intent: Intent): PurchaseState =>
  intent.accepted
    ? { kind: "following", order: intent.accepted, intent, looks: 0 }
    : { kind: "waiting", intent: { ...intent, isDoubtful: true }, attempt: 0, why: "checking", waitMs: 0 };

/** Settled with orders of this buyer behind it, of which the ledger has not told yet. */
export const isUncounted = (state: PurchaseState): boolean =>
  state.kind === "settled" &&
  state.unitsHeld === null &&
  (state.outcome !== "refused" || state.unitsBefore > 0);

/** States with something still under way: a tab that closes here leaves work to another tab or to the next visit. */
export const isUnderWay = (state: PurchaseState): boolean =>
  state.kind === "submitting" || state.kind === "waiting" || state.kind === "following";

import type { GuestReason } from "../contract/guests.ts";
import type { OrderView } from "../contract/order.ts";
import type { OrderId } from "../ids.ts";
import type { NotYourTurn } from "../line/turns.ts";

/** What a purchase returned, expected refusals included. `functions/answer/answer.ts` says each in HTTP. */
export type PurchaseOutcome =
  /** In the ledger: it becomes an order, whatever crashes from here on. */
  | { readonly kind: "accepted"; readonly order: OrderView }
  /** In the ledger, and held until its stated time: it becomes an order if it is paid for by then. */
  | { readonly kind: "held"; readonly order: OrderView }
  | { readonly kind: "already_bought"; readonly order: OrderView }
  /** `available` units are left, fewer than were asked for. */
  /** `held`: units that are not paid for yet, and may come back. */
  | { readonly kind: "sold_out"; readonly available: number; readonly held: number }
  /** The sale is for the guests on its list, and this buyer has not shown that they are one. */
  | { readonly kind: "not_eligible"; readonly reason: GuestReason }
  | { readonly kind: "not_open"; readonly startsAtMs: number; readonly nowMs: number }
  /** The sale has a line, and it is not this buyer's turn. */
  | NotYourTurn
  /** The buyer's entry may still buy so many units in this turn, fewer than were asked for. */
  | { readonly kind: "over_turn"; readonly unitsLeft: number }
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number }
  | { readonly kind: "over_limit"; readonly purchaseLimit: number }
  /** The buyer has had so many orders of this sale, ended ones included, that no more come. */
  | { readonly kind: "too_many_orders"; readonly orders: number }
  | { readonly kind: "ended" | "paused" | "lost" | "recovering" | "key_reused" | "unknown_sale" }
  /** A store did not answer in time. The purchase may have succeeded: a retry with the same key finds out. */
  | { readonly kind: "outcome_unknown"; readonly orderId: OrderId | null };

/**
 * What is told of an order that is there. What is to be paid for is held, and not accepted; a pending order promises nothing,
 * and is no refusal.
 */
export function tellOrder(kind: "accepted" | "already_bought", order: OrderView): PurchaseOutcome {
  if (order.state === "pending") return { kind: "outcome_unknown", orderId: order.orderId };
  return { kind: kind === "accepted" && order.state === "held" ? "held" : kind, order };
}

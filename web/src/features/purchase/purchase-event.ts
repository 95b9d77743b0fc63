import type { OrderView, Problem, PurchaseAnswer } from "../api/contract.ts";
import type { Intent, PurchaseState } from "./purchase-state.ts";

export type PurchaseEvent =
  | { kind: "bought"; intent: Intent }
  /** The intent was found in storage: after a reload, or after the tab that led was closed. */
  | { kind: "resumed"; intent: Intent }
  | { kind: "answered"; answer: PurchaseAnswer }
  /** `random` in [0, 1) spreads the retries of a crowd. */
  | { kind: "refused"; problem: Problem; serverMs: number; random: number }
  | { kind: "unanswered"; isOnline: boolean; random: number }
  | { kind: "wait_over" }
  | { kind: "came_online" }
  | { kind: "order_seen"; order: OrderView }
  | { kind: "order_unseen"; isSignedOut: boolean }
  | { kind: "orders_found"; orders: readonly OrderView[] }
  | { kind: "stopped" }
  | { kind: "mirrored"; state: PurchaseState };

export type Effect =
  | { kind: "save_intent"; intent: Intent }
  | { kind: "clear_intent" }
  | { kind: "send"; intent: Intent }
  | { kind: "wait"; waitMs: number }
  | { kind: "look_at_order"; orderId: OrderView["orderId"]; afterMs: number }
  /** Ask the ledger which orders this buyer has: the answer to a refusal that came after a doubt. */
  | { kind: "find_orders" }
  | { kind: "refresh_sale" };

export type Step = { state: PurchaseState; effects: readonly Effect[] };

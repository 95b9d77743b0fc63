import type { BuyerId, OrderId, OrderView, Problem, ProblemKind, SaleId } from "../api/contract.ts";
import type { Effect, PurchaseEvent } from "./purchase-event.ts";
import { reduce } from "./purchase-machine.ts";
import type { Intent, PurchaseState } from "./purchase-state.ts";

export const intent: Intent = {
  key: "0f0e0d0c0b0a09080706050403020100",
  saleId: "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId,
  buyerId: "byr_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as BuyerId,
  quantity: 1,
  isDoubtful: false,
};
export const order: OrderView = {
  orderId: "ord_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as OrderId,
  saleId: intent.saleId,
  quantity: 1,
  unitsLeft: 1,
  place: 17,
  state: "accepted",
  reservedAt: "2026-11-27T09:00:02.000Z",
};

export const refused = (kind: ProblemKind, more: Partial<Problem> = {}): PurchaseEvent => ({
  kind: "refused",
  problem: { type: `urn:flash-sale:problem:${kind}`, kind, title: kind, status: 503, ...more },
  serverMs: 1_000_000,
  random: 0,
});
export const silence: PurchaseEvent = { kind: "unanswered", isOnline: true, random: 0 };

/** Feeds events from idle; the effects are those of the last step, `all` those of every step. */
export function after(...events: PurchaseEvent[]) {
  let state: PurchaseState = { kind: "idle" };
  let effects: readonly Effect[] = [];
  const all: Effect[] = [];
  for (const event of events) {
    ({ state, effects } = reduce(state, event));
    all.push(...effects);
  }
  return { state, effects, all };
}
export const bought: PurchaseEvent = { kind: "bought", intent };
export const kinds = (effects: readonly Effect[]) => effects.map((effect) => effect.kind);

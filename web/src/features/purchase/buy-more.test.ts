import { describe, expect, it } from "vitest";
import type { OrderId, OrderView } from "../api/contract.ts";
import { after, bought, intent, kinds, order, refused, silence } from "./purchase-machine.fixture.ts";
import { reduce } from "./purchase-machine.ts";
import type { Intent } from "./purchase-state.ts";

describe("buying more", () => {
  const confirmed: OrderView = { ...order, state: "confirmed" };
  const first = after(
    bought,
    { kind: "answered", answer: { outcome: "accepted", ...order } },
    { kind: "order_seen", order: confirmed },
  );
  const counted = reduce(first.state, { kind: "orders_found", orders: [confirmed] }).state;
  const more: Intent = { ...intent, key: "f".repeat(32), unitsBefore: 1 };
  const asked = reduce(counted, { kind: "bought", intent: more });
  const second: OrderView = {
    ...order,
    orderId: "ord_01J9ZQ4Z6XWT9YV3W3V9K8M2QE" as OrderId,
    quantity: 2,
    unitsLeft: 2,
  };

  it("begins once the ledger has said how many units the buyer has", () => {
    expect(kinds(first.effects)).toContain("find_orders");
    expect(first.state).toMatchObject({ unitsHeld: null });
    expect(counted).toEqual({ ...first.state, unitsHeld: 1 });
  });

  it("counts what is left of all orders: nothing of a rejected or returned one, all of one that is pending", () => {
    const orders: OrderView[] = [
      confirmed,
      { ...second, state: "rejected", unitsLeft: 0 },
      { ...second, state: "returned", unitsLeft: 0 },
      { ...second, quantity: 4, state: "confirmed", unitsLeft: 3 },
      { ...second, state: "pending" },
    ];
    expect(reduce(first.state, { kind: "orders_found", orders }).state).toMatchObject({ unitsHeld: 6 });
  });

  it("is a new intent with a key of its own, stored before it is sent", () => {
    expect(asked.state).toEqual({ kind: "submitting", intent: more, attempt: 1, why: null });
    expect(asked.effects).toEqual([
      { kind: "save_intent", intent: more },
      { kind: "send", intent: more },
    ]);
  });

  it("repeated while it is under way is not sent a second time, and repeats its own key when the answer is lost", () => {
    const other: Intent = { ...more, key: "e".repeat(32) };
    expect(reduce(asked.state, { kind: "bought", intent: other })).toEqual({
      state: asked.state,
      effects: [],
    });
    const waiting = reduce(asked.state, silence);
    expect(reduce(waiting.state, { kind: "bought", intent: other }).state).toBe(waiting.state);
    expect(reduce(waiting.state, { kind: "wait_over" }).effects).toEqual([
      { kind: "send", intent: { ...more, isDoubtful: true } },
    ]);
  });

  it("counts anew when it is confirmed", () => {
    let { state } = reduce(asked.state, { kind: "answered", answer: { outcome: "accepted", ...second } });
    ({ state } = reduce(state, { kind: "order_seen", order: { ...second, state: "confirmed" } }));
    expect(state).toMatchObject({ outcome: "confirmed", order: { quantity: 2 }, unitsHeld: null });
    ({ state } = reduce(state, { kind: "orders_found", orders: [confirmed, second] }));
    expect(state).toMatchObject({ order: { orderId: second.orderId }, unitsHeld: 3 });
  });

  it("that is refused stays refused although there is an order, and says what the buyer has", () => {
    const refusal = reduce(asked.state, refused("sold_out"));
    expect(kinds(refusal.effects)).toContain("find_orders");
    const { state } = reduce(refusal.state, { kind: "orders_found", orders: [confirmed] });
    expect(state).toMatchObject({ outcome: "refused", refusal: "sold_out", unitsHeld: 1 });
  });

  it("that was bought after all, behind a refusal that came after a doubt, is shown", () => {
    let { state } = reduce(asked.state, silence);
    ({ state } = reduce(state, { kind: "wait_over" }));
    ({ state } = reduce(state, refused("sold_out")));
    ({ state } = reduce(state, {
      kind: "orders_found",
      orders: [confirmed, { ...second, state: "confirmed" }],
    }));
    expect(state).toMatchObject({ outcome: "confirmed", order: { orderId: second.orderId }, unitsHeld: 3 });
  });
});

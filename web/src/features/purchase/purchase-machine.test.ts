import { describe, expect, it } from "vitest";
import type { OrderView } from "../api/contract.ts";
import type { PurchaseEvent } from "./purchase-event.ts";
import { after, bought, intent, kinds, order, refused, silence } from "./purchase-machine.fixture.ts";
import { reduce } from "./purchase-machine.ts";
import { stateOfKept } from "./purchase-state.ts";

describe("the idempotency key", () => {
  it("is stored before it is sent", () => {
    expect(kinds(after(bought).effects)).toEqual(["save_intent", "send"]);
  });

  it("stays the same through every doubt, wait and retry", () => {
    const { all } = after(
      bought,
      silence,
      { kind: "wait_over" },
      refused("outcome_unknown"),
      { kind: "wait_over" },
      refused("rate_limited", { retryAfterSeconds: 4 }),
      { kind: "wait_over" },
      refused("paused"),
      { kind: "came_online" },
      { kind: "wait_over" },
    );
    const sent = all.filter((effect) => effect.kind === "send");
    expect(sent).toHaveLength(5);
    expect(new Set(sent.map((effect) => effect.intent.key))).toEqual(new Set([intent.key]));
    expect(kinds(all)).not.toContain("clear_intent");
  });

  it.each([
    "sold_out",
    "ended",
    "not_open",
    "not_found",
    "forbidden",
    "invalid_request",
    "key_reused",
    "conflict",
  ] as const)("is cleared by the final refusal %s", (kind) => {
    const { state, effects } = after(bought, refused(kind));
    expect(state).toEqual({
      kind: "settled",
      outcome: "refused",
      refusal: kind,
      atServerMs: 1_000_000,
      unitsBefore: 0,
      unitsHeld: null,
    });
    expect(kinds(effects)).toContain("clear_intent");
  });

  it("is kept when the session expires, for whoever signs in again", () => {
    const { state, all } = after(bought, refused("unauthenticated"));
    expect(state).toEqual({ kind: "signing_in" });
    expect(kinds(all)).not.toContain("clear_intent");
  });

  it("is kept with the accepted order until that is confirmed", () => {
    const accepted = after(bought, { kind: "answered", answer: { outcome: "accepted", ...order } });
    expect(accepted.effects).toEqual([
      { kind: "save_intent", intent: { ...intent, accepted: order } },
      { kind: "look_at_order", orderId: order.orderId, afterMs: 400 },
    ]);
    const confirmed = reduce(accepted.state, { kind: "order_seen", order: { ...order, state: "confirmed" } });
    expect(kinds(confirmed.effects)).toContain("clear_intent");
  });
});

describe("doubt", () => {
  it.each(["lost", "recovering", "outcome_unknown", "unavailable", "internal"] as const)(
    "%s reads as checking, asks again after what the server said, and can't be walked away from",
    (kind) => {
      const { state, effects } = after(bought, refused(kind, { retryAfterSeconds: 3 }));
      expect(state).toMatchObject({
        kind: "waiting",
        why: "checking",
        waitMs: 3000,
        intent: { isDoubtful: true },
      });
      expect(effects.at(-1)).toEqual({ kind: "wait", waitMs: 3000 });
      expect(reduce(state, { kind: "stopped" }).state).toBe(state);
    },
  );

  it("waits longer after each silence, at most ten seconds", () => {
    const waits = [];
    let { state } = after(bought);
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      ({ state } = reduce(state, silence));
      waits.push(state.kind === "waiting" && state.waitMs);
      ({ state } = reduce(state, { kind: "wait_over" }));
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  it("never asks sooner than Retry-After, whatever the spread", () => {
    for (const random of [0, 0.5, 0.999]) {
      const event = { ...refused("rate_limited", { retryAfterSeconds: 4 }), random } as PurchaseEvent;
      const { state } = after(bought, event);
      expect(state.kind === "waiting" && state.waitMs).toBeGreaterThanOrEqual(4000);
    }
  });

  it("looks for an order when a refusal follows it", () => {
    expect(kinds(after(bought, silence, { kind: "wait_over" }, refused("sold_out")).effects)).toContain(
      "find_orders",
    );
    expect(kinds(after(bought, refused("sold_out")).effects)).not.toContain("find_orders");
  });

  it("offline waits for the network and asks at once when it is back", () => {
    const { state } = after(bought, { kind: "unanswered", isOnline: false, random: 0 });
    expect(state).toMatchObject({ kind: "waiting", why: "offline" });
    expect(kinds(reduce(state, { kind: "came_online" }).effects)).toEqual(["send"]);
  });
});

describe("a certain wait", () => {
  it.each(["rate_limited", "paused"] as const)("%s may be stopped, since nothing was taken", (kind) => {
    const { state, effects } = after(bought, refused(kind), { kind: "stopped" });
    expect(state).toEqual({ kind: "idle" });
    expect(kinds(effects)).toEqual(["clear_intent"]);
  });

  it("may not be stopped once a doubt came before it", () => {
    const waiting = after(bought, silence, { kind: "wait_over" }, refused("rate_limited")).state;
    expect(reduce(waiting, { kind: "stopped" }).state).toBe(waiting);
  });
});

describe("coming back", () => {
  it("asks again with the stored key, and says that it is checking", () => {
    const { state, effects } = after({ kind: "resumed", intent });
    expect(state).toMatchObject({ kind: "submitting", why: "checking", intent: { isDoubtful: true } });
    expect(kinds(effects)).toEqual(["save_intent", "send"]);
  });

  it("follows an order that was accepted, without buying again", () => {
    const { state, effects } = after({ kind: "resumed", intent: { ...intent, accepted: order } });
    expect(state.kind).toBe("following");
    expect(kinds(effects)).toEqual(["look_at_order"]);
  });

  it("shows no Buy before it is known what became of the stored intent", () => {
    expect(stateOfKept(intent)).toMatchObject({ kind: "waiting", why: "checking" });
    expect(stateOfKept({ ...intent, accepted: order }).kind).toBe("following");
  });

  it("finds the order of another device", () => {
    const confirmed: OrderView = { ...order, state: "confirmed" };
    expect(after({ kind: "orders_found", orders: [confirmed] }).state).toEqual({
      kind: "settled",
      outcome: "confirmed",
      order: confirmed,
      unitsHeld: 1,
    });
  });

  it("does not let an earlier order interrupt a purchase under way", () => {
    expect(after(bought, { kind: "orders_found", orders: [order] }).state.kind).toBe("submitting");
  });
});

describe("an accepted order", () => {
  const following = after(bought, { kind: "answered", answer: { outcome: "accepted", ...order } }).state;

  it("stays accepted while looks fail", () => {
    const { state, effects } = reduce(following, { kind: "order_unseen", isSignedOut: false });
    expect(state.kind).toBe("following");
    expect(kinds(effects)).toEqual(["look_at_order"]);
  });

  it("is told as rejected only by the ledger, with its reason", () => {
    const rejected: OrderView = { ...order, state: "rejected", reason: "refused by the records" };
    expect(reduce(following, { kind: "order_seen", order: rejected }).state).toEqual({
      kind: "settled",
      outcome: "rejected",
      order: rejected,
      unitsHeld: null,
    });
  });

  it("that is pending by now is followed, and kept for the next visit", () => {
    const pending: OrderView = { ...order, state: "pending" };
    const { state, effects } = reduce(following, { kind: "order_seen", order: pending });
    expect(state).toMatchObject({ kind: "following", order: pending });
    expect(kinds(effects)).toEqual(["look_at_order"]);
    expect(after({ kind: "orders_found", orders: [pending] }).state).toMatchObject({ order: pending });
  });

  it("of which all units were taken back is settled as returned, also where the gate still counts it", () => {
    const returned: OrderView = { ...order, state: "returned", unitsLeft: 0 };
    const settled = { kind: "settled", outcome: "returned", order: returned, unitsHeld: null };
    expect(reduce(following, { kind: "order_seen", order: returned }).state).toEqual(settled);
    for (const outcome of ["accepted", "already_bought"] as const)
      expect(after(bought, { kind: "answered", answer: { outcome, ...returned } }).state).toEqual(settled);
  });

  it("that ended comes after one that stands, and lets the buyer begin again", () => {
    const returned: OrderView = { ...order, state: "returned", unitsLeft: 0 };
    const confirmed: OrderView = { ...order, state: "confirmed" };
    expect(after({ kind: "orders_found", orders: [confirmed, returned] }).state).toMatchObject({
      order: confirmed,
      unitsHeld: 1,
    });
    const { state } = after({ kind: "orders_found", orders: [returned] });
    expect(state).toMatchObject({ outcome: "returned", unitsHeld: 0 });
    expect(reduce(state, bought).state).toMatchObject({ kind: "submitting", intent });
  });

  it("already bought shows that order and ends the intent", () => {
    const { state, effects } = after(bought, {
      kind: "answered",
      answer: { outcome: "already_bought", ...order },
    });
    expect(state).toEqual({ kind: "settled", outcome: "already_bought", order, unitsHeld: null });
    expect(kinds(effects)).toEqual(["clear_intent", "find_orders"]);
  });
});

it("fewer left than were asked for is not told as sold out", () => {
  expect(after(bought, refused("sold_out", { available: 1 })).state).toMatchObject({ refusal: "too_few" });
  expect(after(bought, refused("sold_out", { available: 0 })).state).toMatchObject({ refusal: "sold_out" });
  expect(after(bought, refused("sold_out")).state).toMatchObject({ refusal: "sold_out" });
});

it("a second tab mirrors the first without doing anything itself", () => {
  const { state } = after(bought);
  expect(reduce({ kind: "idle" }, { kind: "mirrored", state })).toEqual({ state, effects: [] });
});

it("a late answer changes nothing once the purchase has moved on", () => {
  const settled = after(bought, refused("sold_out")).state;
  expect(reduce(settled, { kind: "answered", answer: { outcome: "accepted", ...order } }).state).toBe(
    settled,
  );
});

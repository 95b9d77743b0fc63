import { expect, test } from "vitest";
import { aReservation } from "../../tests/support/test-reservation.ts";
import type { PurchaseOutcome } from "../../core/purchase/purchase-outcome.ts";
import { reservedState } from "../../core/reservation/lifecycle.ts";
import { orderView } from "../../core/reservation/ledger.ts";
import { answerPurchase } from "./answer.ts";
import { respond } from "./respond.ts";

const reservation = aReservation();
const { orderId } = reservation;
const order = orderView({ reservation, state: reservedState(1) }, true);
const startsAtMs = Date.parse("2026-11-27T09:00:00.000Z");

test.each<[PurchaseOutcome, number, object]>([
  [{ kind: "sold_out", available: 0, held: 0 }, 409, { kind: "sold_out" }],
  [{ kind: "ended" }, 409, { kind: "ended" }],
  [
    { kind: "not_open", startsAtMs, nowMs: startsAtMs - 1 },
    403,
    { startsAt: "2026-11-27T09:00:00.000Z", serverTime: "2026-11-27T08:59:59.999Z" },
  ],
  [{ kind: "rate_limited", retryAfterMs: 4_001 }, 429, { retryAfterSeconds: 5 }],
  [{ kind: "rate_limited", retryAfterMs: 1 }, 429, { retryAfterSeconds: 1 }],
  [{ kind: "over_limit", purchaseLimit: 2 }, 400, { errors: [{ field: "quantity" }] }],
  [{ kind: "too_many_orders", orders: 3 }, 409, { kind: "conflict" }],
  [{ kind: "paused" }, 503, { kind: "paused", retryAfterSeconds: 5 }],
  [{ kind: "lost" }, 503, { kind: "lost", retryAfterSeconds: 2 }],
  [{ kind: "recovering" }, 503, { kind: "recovering", retryAfterSeconds: 2 }],
  [{ kind: "too_many_orders", orders: 3 }, 409, { kind: "conflict" }],
  [{ kind: "key_reused" }, 422, { kind: "key_reused" }],
  [{ kind: "unknown_sale" }, 404, { kind: "not_found" }],
  [{ kind: "outcome_unknown", orderId }, 503, { orderId, retryAfterSeconds: 1 }],
  [{ kind: "outcome_unknown", orderId: null }, 503, { kind: "outcome_unknown" }],
])("%o is answered %i", (outcome, status, problem) => {
  const answer = answerPurchase(outcome);
  expect(answer).toMatchObject({ status, problem: { status, ...problem } });
  const { kind, type, retryAfterSeconds } = answer.problem!;
  expect(type).toBe(`urn:flash-sale:problem:${kind}`);
  expect(answer.headers?.["retry-after"]).toBe(retryAfterSeconds && String(retryAfterSeconds));
});

/** The refusal of whoever comes so long before an opening. */
const early = (openingMs: number, agoMs: number) =>
  answerPurchase({ kind: "not_open", startsAtMs: openingMs, nowMs: openingMs - agoMs });

test("a refusal is sent as its problem says it, whatever was kept of others", () => {
  const answers = [
    early(startsAtMs, 5_000),
    early(startsAtMs, 4_999),
    early(startsAtMs - 60_000, 1),
    early(startsAtMs, 4_998),
    answerPurchase({ kind: "sold_out", available: 0, held: 0 }),
    answerPurchase({ kind: "sold_out", available: 0, held: 9 }),
    answerPurchase({ kind: "sold_out", available: 0, held: 0 }),
  ];
  for (const answer of answers) {
    const { statusCode, body } = respond(answer, "a-request");
    expect(statusCode).toBe(answer.status);
    expect(body).toBe(JSON.stringify({ ...answer.problem, requestId: "a-request" }));
  }
  expect(answers.slice(0, 4).map(({ problem }) => [problem?.startsAt, problem?.serverTime])).toEqual([
    ["2026-11-27T09:00:00.000Z", "2026-11-27T08:59:55.000Z"],
    ["2026-11-27T09:00:00.000Z", "2026-11-27T08:59:55.001Z"],
    ["2026-11-27T08:59:00.000Z", "2026-11-27T08:58:59.999Z"],
    ["2026-11-27T09:00:00.000Z", "2026-11-27T08:59:55.002Z"],
  ]);
});

test.each([
  ["accepted", 202],
  ["already_bought", 200],
] as const)("%s is answered %i with the order and its place", (kind, status) => {
  expect(answerPurchase({ kind, order })).toEqual({
    status,
    body: { outcome: kind, ...order },
    headers: { location: `/api/sale/order/${orderId}` },
  });
});

test("a sale with fewer units than asked for says how many are left", () => {
  const { problem } = answerPurchase({ kind: "sold_out", available: 2, held: 0 });
  expect(problem?.detail).toContain("Only 2 units");
  expect(problem?.available).toBe(2);
  expect(answerPurchase({ kind: "sold_out", available: 0, held: 0 }).problem).not.toHaveProperty("available");
});

test("a sale that is sold out says how many units may come back, where there are some", () => {
  expect(answerPurchase({ kind: "sold_out", available: 0, held: 9 }).problem?.held).toBe(9);
  expect(answerPurchase({ kind: "sold_out", available: 0, held: 0 }).problem).not.toHaveProperty("held");
});

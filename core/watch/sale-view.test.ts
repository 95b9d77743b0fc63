import { expect, test } from "vitest";
import { aPicture, aSale } from "../../tests/support/test-sale.ts";
import type { GateView } from "../gate/gate-view.ts";
import { saleNumbers, saleStatus } from "./sale-view.ts";

const startsAtMs = Date.parse("2026-11-27T09:00:00.000Z");
const gateNowMs = Date.parse("2026-11-27T09:00:30.000Z");
const wrongNowMs = Date.parse("2026-11-27T08:50:30.000Z");
const sale = aSale({ startsAtMs, endsAtMs: Date.parse("2026-11-27T10:00:00.000Z"), picture: aPicture });
const view: GateView = {
  kind: "found",
  epoch: 1,
  revision: 1,
  isRecovering: false,
  state: "running",
  stock: { allocated: 5, available: 3, held: 0, sold: 2, withheld: 0 },
  firstDueMs: null,
  places: 2,
  startsAtMs,
  endsAtMs: null,
  purchaseLimit: 1,
  attemptLimit: 10,
  mode: { kind: "open" },
  payment: { kind: "none" },
  guests: { kind: "everybody", tiers: [] },
  guestList: { edition: 0 },
  line: { epoch: 0, steps: 0, lapsedSteps: 0, inside: 0 },
  nowMs: gateNowMs,
  outboxLength: 1,
  hasAllBuyers: true,
  requested: "",
  attempts: { reserved: 1, soldOut: 0, alreadyBought: 0, overLimit: 0, rateLimited: 0 },
  replays: 0,
};

test("time is the gate's, whatever this machine's clock says", () => {
  expect(saleStatus(sale, view, wrongNowMs)).toEqual({
    saleId: sale.saleId,
    name: "Sneaker",
    description: "",
    translations: {},
    priceMinor: 12_900,
    currency: "EUR",
    picture: aPicture,
    purchaseLimit: 1,
    mode: { kind: "open" },
    payment: { kind: "none" },
    withdrawal: { kind: "days", days: 14, returnsGo: "on_sale" },
    guests: { kind: "everybody" },
    phase: "open",
    startsAt: "2026-11-27T09:00:00.000Z",
    endsAt: "2026-11-27T10:00:00.000Z",
    stock: view.stock,
    serverTime: "2026-11-27T09:00:30.000Z",
    pollAfterMs: 1_000,
  });
});

test("operators see every store's own numbers", () => {
  const orders = { confirmed: 1, rejected: 0, returned: 0, soldUnits: 1 };
  expect(saleNumbers(sale, view, orders, wrongNowMs)).toMatchObject({
    phase: "open",
    state: "running",
    revision: 1,
    epoch: 1,
    attemptLimit: 10_000,
    outbox: 1,
    gateState: "running",
    attempts: view.attempts,
    orders,
  });
  expect(saleNumbers(sale, null, orders, gateNowMs)).toMatchObject({
    outbox: null,
    gateState: null,
    attempts: null,
    stock: null,
    orders,
  });
});

test.each([
  ["silent", null],
  ["lost", { kind: "lost" }],
  ["recovering", { ...view, isRecovering: true, stock: { ...view.stock, available: 0 } }],
] as const)("while the gate is %s its stock is unknown, not zero, and the sale never sold out", (_, gate) => {
  expect(saleStatus(sale, gate, gateNowMs)).toMatchObject({ phase: "recovering", stock: null });
});

test.each([
  ["open", { stock: view.stock }, 1_000],
  ["sold_out", { stock: { ...view.stock, available: 0 } }, 5_000],
  ["recovering", { isRecovering: true }, 10_000],
  ["ended", { nowMs: Date.parse("2026-11-27T10:00:00.000Z") }, 30_000],
  ["scheduled", { nowMs: startsAtMs - 1_000 }, 20_000],
  ["scheduled", { nowMs: startsAtMs - 86_400_000 }, 30_000],
] as const)("a sale that is %s says when to look again", (phase, change, pollAfterMs) => {
  expect(saleStatus(sale, { ...view, ...change }, wrongNowMs)).toMatchObject({ phase, pollAfterMs });
});

test("with a line its entries say so, and without one the attempts, but for a buyer's too many", () => {
  const mode = {
    kind: "waiting_room",
    closesAt: "2026-11-27T08:50:00.000Z",
    listSeconds: 30,
    turnSeconds: 300,
    admissionsPerSecond: 5,
    mostInside: 20,
  } as const;
  const room = aSale({ startsAtMs, mode });
  expect(saleStatus(room, view, wrongNowMs, 10)).toMatchObject({ pollAfterMs: 1_000 });
  expect(saleStatus(room, view, wrongNowMs, 100_000)).toMatchObject({ pollAfterMs: 10_000 });
  expect(saleStatus(room, view, wrongNowMs)).toMatchObject({ pollAfterMs: 20_000 });
  const asked = { ...view, attempts: { ...view.attempts, soldOut: 2_499, rateLimited: 1_000_000 } };
  expect(saleStatus(sale, asked, wrongNowMs)).toMatchObject({ pollAfterMs: 5_000 });
});

import { describe, expect, test } from "vitest";
import { aFilling, reservationOf, testGate } from "../../tests/gate/test-gate.ts";
import { testStores } from "../../tests/support/stores.ts";
import { aBuyer } from "../../tests/support/test-sale.ts";
import type { SaleId } from "../ids.ts";
import { createGateContents } from "./gate-contents.redis.ts";
import { gateKeys } from "./keys.ts";

const stores = await testStores();
const { redis, gate, rebuild, load, reserve, nowMs } = testGate(stores.redisUrl);
const contents = createGateContents(redis);

const HOLD_SECONDS = 600;
const paidSale = (allocated = 5, purchaseLimit = 2) =>
  load({ allocated, purchaseLimit, payment: { kind: "held", holdSeconds: HOLD_SECONDS } });

async function stockOf(saleId: SaleId) {
  const view = await gate.inspect(saleId);
  if (view.kind === "lost") throw new Error("the gate is lost");
  const { available, held, sold, withheld } = view.stock;
  return { available, held, sold, withheld, isWhole: view.hasAllBuyers, firstDueMs: view.firstDueMs };
}

async function hold(saleId: SaleId, quantity = 1, buyerId = aBuyer()) {
  const reservation = reservationOf(await reserve(saleId, { quantity, buyerId }));
  return { saleId, orderId: reservation.orderId, buyerId, reservation };
}

describe("a sale that is paid for", () => {
  test("holds units until a stated time, and lists the hold by it", async () => {
    const { saleId } = await paidSale();
    const earliestMs = await nowMs();
    const { orderId, buyerId, reservation } = await hold(saleId, 2);
    const dueMs = reservation.heldUntilMs ?? 0;
    expect(dueMs).toBe(reservation.reservedAtMs + HOLD_SECONDS * 1000);
    expect(dueMs).toBeGreaterThanOrEqual(earliestMs + HOLD_SECONDS * 1000);
    expect(await stockOf(saleId)).toEqual({
      available: 3,
      held: 2,
      sold: 0,
      withheld: 0,
      isWhole: true,
      firstDueMs: dueMs,
    });
    expect(await contents.dueHolds(saleId, dueMs - 1, 10)).toEqual([]);
    expect(await contents.dueHolds(saleId, dueMs, 10)).toEqual([{ orderId, buyerId, dueMs }]);
  });

  test("answers the same hold to the same key, and a second one is beyond the limit", async () => {
    const { saleId } = await paidSale(5, 1);
    const asked = { buyerId: aBuyer(), key: "the same key" };
    const first = reservationOf(await reserve(saleId, asked));
    expect(await reserve(saleId, asked)).toEqual({
      kind: "replayed",
      orderId: first.orderId,
      reservation: first,
    });
    expect(await reserve(saleId, { buyerId: asked.buyerId })).toMatchObject({ kind: "already_bought" });
    expect(await stockOf(saleId)).toMatchObject({ available: 4, held: 1 });
  });

  test("is sold out while its last unit is held, and sells it again once the hold ended", async () => {
    const { saleId } = await paidSale(1);
    const held = await hold(saleId);
    expect(await reserve(saleId)).toMatchObject({ kind: "sold_out", held: 1 });
    expect(await gate.settle({ ...held, unitsLeft: 0, unitsWithheld: 0 })).toBe("settled");
    await redis.hset(gateKeys(saleId).gate, "restock_at_ms", 0);
    expect(await stockOf(saleId)).toMatchObject({ available: 1, held: 0, sold: 0, firstDueMs: null });
    expect((await reserve(saleId)).kind).toBe("reserved");
  });

  test("takes no more orders from a buyer than two beyond the limit, however many of them expire", async () => {
    const { saleId } = await paidSale(5, 1);
    const buyerId = aBuyer();
    for (let order = 1; order <= 3; order++) {
      const held = await hold(saleId, 1, buyerId);
      await gate.settle({ ...held, unitsLeft: 0, unitsWithheld: 0 });
    }
    expect(await reserve(saleId, { buyerId })).toEqual({ kind: "too_many_orders", orders: 3 });
    expect(await stockOf(saleId)).toMatchObject({ available: 5, held: 0 });
  });
});

describe("a hold that is settled", () => {
  test("is sold with all its units, once, however often and late that is told", async () => {
    const { saleId } = await paidSale();
    const held = await hold(saleId, 2);
    const paid = { ...held, unitsLeft: 2, unitsWithheld: 0 };
    for (let time = 0; time < 2; time++) expect(await gate.settle(paid)).toBe("settled");
    expect(await stockOf(saleId)).toMatchObject({ available: 3, held: 0, sold: 2, firstDueMs: null });
    expect(await gate.settle({ ...held, unitsLeft: 0, unitsWithheld: 1 })).toBe("settled");
    await gate.settle(paid);
    expect(await stockOf(saleId)).toMatchObject({
      available: 4,
      held: 0,
      sold: 0,
      withheld: 1,
      isWhole: true,
    });
  });

  test("gives each unit back once, however often and late that is told", async () => {
    const { saleId } = await paidSale();
    const held = await hold(saleId, 2);
    for (let time = 0; time < 2; time++)
      expect(await gate.settle({ ...held, unitsLeft: 0, unitsWithheld: 0 })).toBe("settled");
    await gate.settle({ ...held, unitsLeft: 2, unitsWithheld: 0 });
    expect(await stockOf(saleId)).toMatchObject({ available: 5, held: 0, sold: 0, isWhole: true });
  });
});

test("a gate whose list of holds is lost says so, and gives nothing back by guessing", async () => {
  const { saleId } = await paidSale();
  const held = await hold(saleId);
  await redis.del(gateKeys(saleId).holds);
  expect(await stockOf(saleId)).toMatchObject({ held: 1, isWhole: false });
  expect(await gate.settle({ ...held, unitsLeft: 0, unitsWithheld: 0 })).toBe("lost");
  expect(await stockOf(saleId)).toMatchObject({ available: 4, held: 1 });
});

test("a rebuilt gate holds what was held, and opens only with all of it", async () => {
  const sale = await paidSale();
  const { saleId } = sale;
  const { orderId, buyerId, reservation } = await hold(saleId, 2);
  const recovery = await rebuild.begin(saleId, 1);
  const { keyHash, place } = reservation;
  const order = { orderId, quantity: 2, place, keyHash, unitsLeft: 2, unitsWithheld: 0 };
  const filling = aFilling({
    buyers: new Map([[buyerId, [order]]]),
    heldUnits: 2,
    holds: [{ orderId, buyerId, dueMs: 123 }],
    places: place,
  });
  await rebuild.refill(recovery, { ...filling, holds: [] }, async () => {});
  await expect(rebuild.open(recovery, filling, sale)).rejects.toThrow("mismatch 1 0 3");
  await rebuild.refill(recovery, filling, async () => {});
  await rebuild.open(recovery, filling, sale);
  expect(await stockOf(saleId)).toMatchObject({
    available: 3,
    held: 2,
    sold: 0,
    isWhole: true,
    firstDueMs: 123,
  });
  await gate.settle({ saleId, orderId, buyerId, unitsLeft: 2, unitsWithheld: 0 });
  expect(await stockOf(saleId)).toMatchObject({ available: 3, held: 0, sold: 2 });
});

test("a sale that asks for no payment has no list of holds", async () => {
  const { saleId } = await load();
  const { reservation } = await hold(saleId);
  expect(reservation).not.toHaveProperty("heldUntilMs");
  expect(await redis.exists(gateKeys(saleId).holds)).toBe(0);
  expect(await stockOf(saleId)).toMatchObject({ held: 0, sold: 1, firstDueMs: null });
});

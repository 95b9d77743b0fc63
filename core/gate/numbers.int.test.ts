import { expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { aFilling, reservationOf, testGate } from "../../tests/gate/test-gate.ts";
import { aBuyer, NOW_MS } from "../../tests/support/test-sale.ts";
import { type BuyerId, newOrderId, type SaleId } from "../ids.ts";
import { parseBuyerOrders } from "./buyer-orders.ts";

const stores = await testStores();
const { redis, gate, rebuild, load, reserve } = testGate(stores.redisUrl);

const purchase = async (saleId: SaleId, buyerId: BuyerId, quantity = 1) =>
  reservationOf(await reserve(saleId, { buyerId, quantity }));

test("n is the epoch times a thousand and the count of the buyer's orders, whatever their quantities", async () => {
  const { saleId } = await load({ epoch: 7, allocated: 20, purchaseLimit: 9 });
  const [first, second] = [aBuyer(), aBuyer()];
  const numbers = [
    await purchase(saleId, first, 3),
    await purchase(saleId, second, 2),
    await purchase(saleId, first, 1),
    await purchase(saleId, first, 4),
  ].map(({ n }) => n);
  expect(numbers).toEqual([7001, 7001, 7002, 7003]);
});

test("an order that was rejected, or came back in part, does not free its number", async () => {
  const { saleId } = await load({ purchaseLimit: 3 });
  const buyerId = aBuyer();
  const rejected = await purchase(saleId, buyerId, 3);
  await gate.settle({ ...rejected, unitsLeft: 0, unitsWithheld: 0 });
  const returned = await purchase(saleId, buyerId, 3);
  await gate.settle({ ...returned, unitsLeft: 1, unitsWithheld: 0 });
  const third = await purchase(saleId, buyerId, 2);
  expect([rejected.n, returned.n, third.n]).toEqual([1001, 1002, 1003]);
});

test("an adopted order, and one that was refused, take a number of the epoch each", async () => {
  const { saleId } = await load({ purchaseLimit: 3 });
  const first = await purchase(saleId, aBuyer());
  const { buyerId } = first;
  const older = { ...first, epoch: 0, keyHash: "AAAABBBBCCCCDDDD" };
  const adopted = { ...older, orderId: newOrderId(saleId, NOW_MS), n: 1 };
  expect(await gate.adopt(adopted)).toMatchObject({ kind: "adopted" });
  expect(await gate.adopt({ ...adopted, orderId: newOrderId(saleId, NOW_MS), quantity: 3 })).toMatchObject({
    kind: "refused",
  });
  expect((await purchase(saleId, buyerId)).n).toBe(1004);
});

test("a buyer whom a rebuild knows gets numbers of the new epoch, also for an order that it dropped", async () => {
  const sale = await load({ purchaseLimit: 3 });
  const { saleId } = sale;
  const buyerId = aBuyer();
  const dropped = await purchase(saleId, buyerId);
  const kept = await purchase(saleId, buyerId);
  const buyers = parseBuyerOrders((await rawGate(redis, saleId)).buyers[buyerId] ?? "").slice(1);
  const recovery = await rebuild.begin(saleId, 1);
  const filling = aFilling({ buyers: new Map([[buyerId, buyers]]), soldUnits: 1, places: 2 });
  await rebuild.refill(recovery, filling, async () => {});
  await rebuild.open(recovery, filling, sale);
  const next = await purchase(saleId, buyerId);
  expect([dropped.n, kept.n, next.n]).toEqual([1001, 1002, 2002]);
  expect(next.place).toBe(3);
});

test("a buyer gets as many orders as the limit has units, and two more, however many came back", async () => {
  const { saleId } = await load({ purchaseLimit: 2 });
  const buyerId = aBuyer();
  for (let k = 1; k <= 4; k++) {
    const order = await purchase(saleId, buyerId);
    expect(order.n).toBe(1000 + k);
    await gate.settle({ ...order, unitsLeft: 0, unitsWithheld: 0 });
  }
  const before = await rawGate(redis, saleId);
  expect(await reserve(saleId, { buyerId })).toEqual({ kind: "too_many_orders", orders: 4 });
  const { buyers, outbox, gate: counters } = await rawGate(redis, saleId);
  expect({ buyers, outbox }).toEqual({ buyers: before.buyers, outbox: before.outbox });
  expect(counters).toMatchObject({ sold: "0", available: "5", attempts_over_limit: "1" });
  expect(await reserve(saleId)).toMatchObject({ kind: "reserved" });
});

test("a buyer who has units is told of them, not of too many orders", async () => {
  const { saleId } = await load({ purchaseLimit: 1 });
  const buyerId = aBuyer();
  for (let k = 1; k <= 2; k++)
    await gate.settle({ ...(await purchase(saleId, buyerId)), unitsLeft: 0, unitsWithheld: 0 });
  const { orderId } = await purchase(saleId, buyerId);
  expect(await reserve(saleId, { buyerId })).toMatchObject({ kind: "already_bought", orderId });
});

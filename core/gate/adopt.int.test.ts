import { describe, expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { aFilling, reservationOf, testGate } from "../../tests/gate/test-gate.ts";
import { aBuyer, NOW_MS } from "../../tests/support/test-sale.ts";
import { newOrderId, type SaleId } from "../ids.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { mayHold } from "./holder-filter.ts";

const stores = await testStores();
const { redis, gate, rebuild, load, reserve } = testGate(stores.redisUrl);

/** A reservation that an older life of the gate made and no rebuild counted. */
const uncounted = (saleId: SaleId, fields: Partial<Reservation> = {}): Reservation => ({
  saleId,
  orderId: newOrderId(saleId, NOW_MS),
  buyerId: aBuyer(),
  n: 1,
  quantity: 1,
  place: 9,
  epoch: 0,
  keyHash: "AAAABBBBCCCCDDDD",
  reservedAtMs: NOW_MS,
  requestId: "request-1",
  ...fields,
});

const counted = { kind: "counted", epoch: 1 };
const adopted = { kind: "adopted", epoch: 1 };
const refused = { kind: "refused", epoch: 1 };

describe("counted or adopted", () => {
  test("an order that the gate knows is counted, and nothing changes", async () => {
    const { saleId } = await load();
    const known = reservationOf(await reserve(saleId));
    const before = await rawGate(redis, saleId);
    expect(await gate.adopt({ ...known, epoch: 0 })).toEqual(counted);
    expect(await rawGate(redis, saleId)).toEqual(before);
  });

  test("an order that it does not know takes its units, its buyer and its place in the filter", async () => {
    const { saleId } = await load({ allocated: 5, purchaseLimit: 2 });
    const reservation = uncounted(saleId, { quantity: 2 });
    const { buyerId, orderId } = reservation;
    expect(await gate.adopt(reservation)).toEqual(adopted);
    const raw = await rawGate(redis, saleId);
    expect(raw.gate).toMatchObject({ available: "3", sold: "2", buyer_count: "1", places: "0" });
    expect(raw.buyers).toEqual({ [buyerId]: `${orderId},2,9,AAAABBBBCCCCDDDD` });
    expect(raw.outbox).toEqual({});
    expect(mayHold({ bytes: raw.holders ?? Buffer.alloc(0), bits: 1024 }, buyerId)).toBe(true);
    expect(await reserve(saleId, { buyerId })).toMatchObject({ kind: "already_bought", orderId });
  });

  test("adopting twice counts once", async () => {
    const { saleId } = await load();
    const reservation = uncounted(saleId);
    expect([await gate.adopt(reservation), await gate.adopt(reservation)]).toEqual([adopted, counted]);
    expect(await gate.inspect(saleId)).toMatchObject({ stock: { available: 4, sold: 1 } });
  });

  test("a second order of a buyer is adopted beside the first, and counted as the same buyer", async () => {
    const { saleId } = await load({ purchaseLimit: 2 });
    const first = reservationOf(await reserve(saleId));
    expect(await gate.adopt(uncounted(saleId, { buyerId: first.buyerId }))).toEqual(adopted);
    expect(await rawGate(redis, saleId)).toMatchObject({ gate: { sold: "2", buyer_count: "1" } });
    expect(await gate.adopt({ ...first, epoch: 0 })).toEqual(counted);
  });

  test("the reply bears the epoch that counts it", async () => {
    const { saleId } = await load({ epoch: 12 });
    const reservation = uncounted(saleId);
    expect(await gate.adopt(reservation)).toEqual({ kind: "adopted", epoch: 12 });
    expect(await gate.adopt(reservation)).toEqual({ kind: "counted", epoch: 12 });
    expect(await gate.adopt(uncounted(saleId, { quantity: 2 }))).toEqual({ kind: "refused", epoch: 12 });
  });

  test("an order with units left is counted; once all came back it is refused", async () => {
    const { saleId } = await load({ purchaseLimit: 2 });
    const order = reservationOf(await reserve(saleId, { quantity: 2 }));
    await gate.settle({ ...order, unitsLeft: 1, unitsWithheld: 0 });
    expect(await gate.adopt(order)).toEqual(counted);
    await gate.settle({ ...order, unitsLeft: 0, unitsWithheld: 0 });
    const before = await rawGate(redis, saleId);
    expect(await gate.adopt(order)).toEqual(refused);
    expect(await rawGate(redis, saleId)).toEqual(before);
  });
});

describe("refused", () => {
  test("takes no unit, but stays among the buyer's orders, and its buyer in the filter", async () => {
    const { saleId } = await load({ allocated: 2, purchaseLimit: 3 });
    const reservation = uncounted(saleId, { quantity: 3 });
    const { buyerId, orderId } = reservation;
    expect(await gate.adopt(reservation)).toEqual(refused);
    const raw = await rawGate(redis, saleId);
    expect(raw.gate).toMatchObject({
      available: "2",
      sold: "0",
      withheld: "0",
      buyer_count: "1",
      places: "0",
    });
    expect(raw.buyers).toEqual({ [buyerId]: `${orderId},3,9,AAAABBBBCCCCDDDD,0,0` });
    expect(mayHold({ bytes: raw.holders ?? Buffer.alloc(0), bits: 1024 }, buyerId)).toBe(true);
    expect(await gate.inspect(saleId)).toMatchObject({ hasAllBuyers: true });
  });

  test("a buyer who has other units in its stead, also after those came back", async () => {
    const { saleId } = await load({ purchaseLimit: 2 });
    const order = reservationOf(await reserve(saleId));
    const reservation = uncounted(saleId, { buyerId: order.buyerId, quantity: 2 });
    expect(await gate.adopt(reservation)).toEqual(refused);
    await gate.settle({ ...order, unitsLeft: 0, unitsWithheld: 0 });
    const before = await rawGate(redis, saleId);
    expect(await gate.adopt(reservation)).toEqual(refused);
    expect(await rawGate(redis, saleId)).toEqual(before);
    const another = { buyerId: order.buyerId, quantity: 2, keyHash: "another-key" };
    expect(await gate.adopt(uncounted(saleId, another))).toEqual(adopted);
  });

  test("too few units are left: it is refused whole, and stays so when units come back", async () => {
    const { saleId } = await load({ allocated: 2, purchaseLimit: 2 });
    const order = reservationOf(await reserve(saleId));
    const reservation = uncounted(saleId, { quantity: 2 });
    expect(await gate.adopt(reservation)).toEqual(refused);
    await gate.settle({ ...order, unitsLeft: 0, unitsWithheld: 0 });
    expect(await gate.adopt(reservation)).toEqual(refused);
    expect(await gate.inspect(saleId)).toMatchObject({ stock: { available: 2, sold: 0 } });
    expect(await gate.adopt(uncounted(saleId, { quantity: 2 }))).toEqual(adopted);
  });

  test("its key answers a replay with it, and takes nothing", async () => {
    const { saleId } = await load();
    const reservation = uncounted(saleId, { quantity: 2 });
    await gate.adopt(reservation);
    const { buyerId, keyHash, orderId } = reservation;
    expect(await reserve(saleId, { buyerId, keyHash, quantity: 2 })).toEqual({
      kind: "replayed",
      orderId,
      reservation: null,
    });
    expect(await reserve(saleId, { buyerId })).toMatchObject({ kind: "reserved" });
  });

  test("only while the epoch lasts: a rebuild that leaves it out asks anew", async () => {
    const sale = await load();
    const { saleId } = sale;
    const reservation = uncounted(saleId, { quantity: 2 });
    await gate.adopt(reservation);
    const recovery = await rebuild.begin(saleId, 1);
    await rebuild.refill(recovery, aFilling(), async () => {});
    await rebuild.open(recovery, aFilling(), { ...sale, purchaseLimit: 2 });
    expect(await gate.adopt(reservation)).toEqual({ kind: "adopted", epoch: 2 });
  });

  test("of 20 reservations for 5 units, adopted at once, exactly 5 are", async () => {
    const { saleId } = await load({ allocated: 5 });
    const replies = await Promise.all(Array.from({ length: 20 }, () => gate.adopt(uncounted(saleId))));
    expect(replies.filter(({ kind }) => kind === "adopted")).toHaveLength(5);
    expect(replies.filter(({ kind }) => kind === "refused")).toHaveLength(15);
    expect(await gate.inspect(saleId)).toMatchObject({ stock: { allocated: 5, available: 0, sold: 5 } });
  });
});

import { expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { reservationOf, testGate } from "../../tests/gate/test-gate.ts";
import { aBuyer, NOW_MS } from "../../tests/support/test-sale.ts";
import { newOrderId, type SaleId } from "../ids.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { mayHold } from "./holder-filter.ts";

const stores = await testStores();
const { redis, gate, load, reserve } = testGate(stores.redisUrl);

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

test("an order that the gate knows is counted, and nothing changes", async () => {
  const { saleId } = await load();
  const known = reservationOf(await reserve(saleId));
  const before = await rawGate(redis, saleId);
  expect(await gate.adopt({ ...known, epoch: 0 })).toBe("counted");
  expect(await rawGate(redis, saleId)).toEqual(before);
});

test("an order that it does not know takes its units, its buyer and its place in the filter", async () => {
  const { saleId } = await load({ allocated: 5, purchaseLimit: 2 });
  const one = uncounted(saleId, { quantity: 2 });
  expect(await gate.adopt(one)).toBe("adopted");
  const raw = await rawGate(redis, saleId);
  expect(raw.gate).toMatchObject({ available: "3", sold: "2", buyer_count: "1", places: "0" });
  expect(raw.buyers).toEqual({ [one.buyerId]: `${one.orderId},2,9,AAAABBBBCCCCDDDD` });
  expect(raw.outbox).toEqual({});
  expect(mayHold({ bytes: raw.holders ?? Buffer.alloc(0), bits: 1024 }, one.buyerId)).toBe(true);
  expect(await reserve(saleId, { buyerId: one.buyerId })).toMatchObject({
    kind: "already_bought",
    orderId: one.orderId,
  });
});

test("adopting twice counts once", async () => {
  const { saleId } = await load();
  const one = uncounted(saleId);
  expect([await gate.adopt(one), await gate.adopt(one)]).toEqual(["adopted", "counted"]);
  expect(await gate.inspect(saleId)).toMatchObject({ stock: { available: 4, sold: 1 } });
});

test("a second order of a buyer is adopted beside the first, and counted as the same buyer", async () => {
  const { saleId } = await load({ purchaseLimit: 2 });
  const first = reservationOf(await reserve(saleId));
  const second = uncounted(saleId, { buyerId: first.buyerId, n: 2 });
  expect(await gate.adopt(second)).toBe("adopted");
  expect(await rawGate(redis, saleId)).toMatchObject({ gate: { sold: "2", buyer_count: "1" } });
  expect(await gate.adopt({ ...first, epoch: 0 })).toBe("counted");
});

test("a buyer who has another order in its stead is refused it", async () => {
  const { saleId } = await load({ purchaseLimit: 2 });
  const { buyerId } = reservationOf(await reserve(saleId));
  const before = await rawGate(redis, saleId);
  expect(await gate.adopt(uncounted(saleId, { buyerId, n: 1 }))).toBe("refused");
  expect(await gate.adopt(uncounted(saleId, { buyerId, n: 2, quantity: 2 }))).toBe("refused");
  expect(await rawGate(redis, saleId)).toEqual(before);
});

test("with fewer units left than it needs, it is refused whole", async () => {
  const { saleId } = await load({ allocated: 2, purchaseLimit: 2 });
  await reserve(saleId);
  const before = await rawGate(redis, saleId);
  expect(await gate.adopt(uncounted(saleId, { quantity: 2 }))).toBe("refused");
  expect(await rawGate(redis, saleId)).toEqual(before);
  expect(await gate.adopt(uncounted(saleId))).toBe("adopted");
  expect(await gate.adopt(uncounted(saleId))).toBe("refused");
});

test("of 20 reservations for 5 units, adopted at once, exactly 5 are", async () => {
  const { saleId } = await load({ allocated: 5 });
  const replies = await Promise.all(Array.from({ length: 20 }, () => gate.adopt(uncounted(saleId))));
  expect(replies.filter((reply) => reply === "adopted")).toHaveLength(5);
  expect(replies.filter((reply) => reply === "refused")).toHaveLength(15);
  expect(await gate.inspect(saleId)).toMatchObject({ stock: { allocated: 5, available: 0, sold: 5 } });
});

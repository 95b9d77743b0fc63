import { describe, expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { reservationOf, testGate } from "../../tests/gate/test-gate.ts";
import type { Reservation } from "../reservation/reservation.ts";

const stores = await testStores();
const { redis, gate, load, reserve, field, setField, nowMs } = testGate(stores.redisUrl);

/** An order of three units. */
async function anOrder(allocated: number) {
  const sale = await load({ allocated, purchaseLimit: 3 });
  return { sale, order: reservationOf(await reserve(sale.saleId, { quantity: 3 })) };
}

const settle = (order: Reservation, unitsLeft: number, unitsWithheld = 0) =>
  gate.settle({ ...order, unitsLeft, unitsWithheld });

describe("units that come back to a sold-out sale", () => {
  test("wait until answers from memory have lapsed, and are then sold", async () => {
    const { sale, order } = await anOrder(3);
    const { saleId } = sale;
    const fromMs = await nowMs();
    await settle(order, 0);
    const restockAtMs = Number(await field(saleId, "restock_at_ms"));
    expect(restockAtMs).toBeGreaterThanOrEqual(fromMs + 1500);
    expect(restockAtMs).toBeLessThanOrEqual((await nowMs()) + 1500);
    expect(await reserve(saleId, { wantsFilter: true })).toEqual({
      kind: "sold_out",
      available: 0,
      held: 0,
      filter: null,
    });
    await setField(saleId, "restock_at_ms", 1);
    expect(await reserve(saleId)).toMatchObject({ kind: "reserved" });
  });

  test("arm the wait only when none are available: what is on sale is not taken off for what joins it", async () => {
    const { sale, order } = await anOrder(4);
    await settle(order, 1);
    expect(await field(sale.saleId, "restock_at_ms")).toBe("0");
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "reserved" });
  });

  test("do not prolong a wait that runs", async () => {
    const { sale, order } = await anOrder(3);
    await settle(order, 2);
    const restockAtMs = await field(sale.saleId, "restock_at_ms");
    await new Promise((resume) => setTimeout(resume, 5));
    await settle(order, 0);
    expect(await field(sale.saleId, "restock_at_ms")).toBe(restockAtMs);
  });

  test("arm no wait if all of them are withheld: nothing goes on sale", async () => {
    const { sale, order } = await anOrder(3);
    await settle(order, 0, 3);
    expect(await rawGate(redis, sale.saleId)).toMatchObject({
      gate: { restock_at_ms: "0", available: "0", withheld: "3", sold: "0" },
    });
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "sold_out", available: 0 });
  });
});

test("an allocation cannot go below what is sold and withheld together", async () => {
  const { sale, order } = await anOrder(5);
  await settle(order, 1, 1);
  expect(await gate.configure({ ...sale, revision: 2, allocated: 1 }, "first")).toEqual({
    kind: "below_taken",
    taken: 2,
  });
  expect(await gate.configure({ ...sale, revision: 2, allocated: 2 }, "first")).toEqual({
    kind: "configured",
  });
  expect(await gate.inspect(sale.saleId)).toMatchObject({
    stock: { allocated: 2, available: 0, held: 0, sold: 1, withheld: 1 },
  });
});

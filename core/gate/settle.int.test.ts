import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { reservationOf, testGate } from "../../tests/gate/test-gate.ts";
import { aBuyer, aSale, NOW_MS } from "../../tests/support/test-sale.ts";
import { newOrderId } from "../ids.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { parseBuyerOrders } from "./buyer-orders.ts";

const stores = await testStores();
const { redis, gate, load, reserve, field, setField } = testGate(stores.redisUrl);

/** An order of three units out of five. */
async function anOrder(settings: Parameters<typeof load>[0] = {}) {
  const sale = await load({ purchaseLimit: 3, ...settings });
  const reply = await reserve(sale.saleId, { quantity: 3, key: "key-0001" });
  return { sale, order: reservationOf(reply) };
}

const settle = (order: Reservation, unitsLeft: number, unitsWithheld = 0) =>
  gate.settle({ ...order, unitsLeft, unitsWithheld });

const textOf = ({ orderId, quantity, place, keyHash }: Reservation) =>
  `${orderId},${quantity},${place},${keyHash}`;

describe("what is left of an order", () => {
  test("nothing: its units are available again, and its outbox entry goes", async () => {
    const { sale, order } = await anOrder();
    const before = await rawGate(redis, sale.saleId);
    expect(await settle(order, 0)).toBe("settled");
    expect(await rawGate(redis, sale.saleId)).toEqual({
      ...before,
      gate: { ...before.gate, available: "5", sold: "0" },
      buyers: { [order.buyerId]: `${textOf(order)},0,0` },
      outbox: {},
    });
  });

  test("some: only what is missing comes back, and of that what is withheld is not available", async () => {
    const { sale, order } = await anOrder();
    expect(await settle(order, 1, 1)).toBe("settled");
    const raw = await rawGate(redis, sale.saleId);
    expect(raw.gate).toMatchObject({ available: "3", sold: "1", withheld: "1", held: "0", allocated: "5" });
    expect(raw.buyers).toEqual({ [order.buyerId]: `${textOf(order)},1,1` });
  });

  test("all of it: nothing moves, but its outbox entry goes, since it is decided", async () => {
    const { sale, order } = await anOrder();
    const before = await rawGate(redis, sale.saleId);
    expect(await settle(order, 3)).toBe("settled");
    expect(await rawGate(redis, sale.saleId)).toEqual({ ...before, outbox: {} });
  });

  test("is told of one of a buyer's orders, and changes none of the others", async () => {
    const { saleId } = await load({ purchaseLimit: 5 });
    const buyerId = aBuyer();
    const orders = [];
    for (const quantity of [1, 2, 2])
      orders.push(reservationOf(await reserve(saleId, { buyerId, quantity })));
    await settle(orders[0]!, 0);
    await settle(orders[1]!, 1, 1);
    const [first, second, third] = orders.map(textOf);
    const raw = await rawGate(redis, saleId);
    expect(raw.buyers).toEqual({ [buyerId]: `${first},0,0;${second},1,1;${third}` });
    expect(Object.keys(raw.outbox)).toEqual([orders[2]!.orderId]);
    expect(raw.gate).toMatchObject({ available: "1", sold: "3", withheld: "1", buyer_count: "1" });
  });
});

describe("settling is absolute and only lowers", () => {
  test("telling it twice gives back once", async () => {
    const { sale, order } = await anOrder();
    await settle(order, 1, 1);
    const before = await rawGate(redis, sale.saleId);
    expect(await settle(order, 1, 1)).toBe("settled");
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
  });

  test("what was true earlier and comes late changes nothing", async () => {
    const { sale, order } = await anOrder();
    await settle(order, 0, 2);
    const before = await rawGate(redis, sale.saleId);
    for (const [left, withheld] of [
      [1, 1],
      [2, 0],
      [3, 0],
    ] as const)
      expect(await settle(order, left, withheld)).toBe("settled");
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
  });

  test("any tellings of an order's returns, in any order and number, end where the last return ends", async () => {
    const returns = fc.array(fc.record({ units: fc.integer({ min: 1, max: 4 }), isWithheld: fc.boolean() }), {
      minLength: 1,
      maxLength: 4,
    });
    const property = fc.asyncProperty(returns, fc.infiniteStream(fc.nat()), async (all, picks) => {
      const sale = await load({ allocated: 20, purchaseLimit: 20 });
      const { saleId } = sale;
      const quantity = all.reduce((sum, { units }) => sum + units, 0) + 1;
      const order = reservationOf(await reserve(saleId, { quantity }));
      let [left, withheld] = [quantity, 0];
      const states = all.map(({ units, isWithheld }) => {
        left -= units;
        withheld += isWithheld ? units : 0;
        return [left, withheld] as const;
      });
      const pick = () => states[Number(picks.next().value) % states.length]!;
      for (const state of [pick(), pick(), pick(), states.at(-1)!, pick(), pick()]) {
        expect(await settle(order, ...state)).toBe("settled");
        const view = await gate.inspect(saleId);
        const stock = view.kind === "found" ? view.stock : null;
        expect(stock && stock.available + stock.sold + stock.withheld).toBe(20);
      }
      const raw = await rawGate(redis, saleId);
      expect(parseBuyerOrders(raw.buyers[order.buyerId] ?? "")).toMatchObject([
        { unitsLeft: left, unitsWithheld: withheld },
      ]);
      expect(raw.gate).toMatchObject({ sold: String(left), withheld: String(withheld) });
    });
    await fc.assert(property, { numRuns: 50 });
  });

  test.each([
    ["more withheld than came back", 2, 2],
    ["less withheld than before", 0, 0],
  ])("%s is a defect: it is thrown, and nothing changes", async (_, left, withheld) => {
    const { sale, order } = await anOrder();
    if (left === 0) await settle(order, 1, 1);
    const before = await rawGate(redis, sale.saleId);
    await expect(settle(order, left, withheld)).rejects.toThrow("units were withheld that did not come back");
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
  });

  test.each([-1, 1.5])("%d units left is a defect: it is thrown, and nothing changes", async (left) => {
    const { sale, order } = await anOrder();
    const before = await rawGate(redis, sale.saleId);
    await expect(settle(order, left)).rejects.toThrow("units left and withheld are whole numbers from 0");
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
  });
});

describe("an order that ended", () => {
  test("keeps its key: a replay still answers with it, and another quantity is still key_reused", async () => {
    const { sale, order } = await anOrder();
    await settle(order, 0);
    const { saleId } = sale;
    const again = { buyerId: order.buyerId, key: "key-0001" };
    const { orderId } = order;
    expect(await reserve(saleId, { ...again, quantity: 3 })).toEqual({
      kind: "replayed",
      orderId,
      reservation: null,
    });
    expect(await reserve(saleId, { ...again, quantity: 1 })).toEqual({ kind: "key_reused" });
    expect(await field(saleId, "sold")).toBe("0");
  });

  test("does not count against the purchase limit: its buyer may buy again, by another key", async () => {
    const { sale, order } = await anOrder({ purchaseLimit: 3 });
    expect(await reserve(sale.saleId, { buyerId: order.buyerId })).toMatchObject({ kind: "already_bought" });
    await settle(order, 0);
    const reply = await reserve(sale.saleId, { buyerId: order.buyerId, quantity: 3 });
    expect(reply).toMatchObject({ kind: "reserved", reservation: { n: 1002, quantity: 3 } });
  });

  test("is not named as what its buyer has: an order with units is, though it is older", async () => {
    const { saleId } = await load({ purchaseLimit: 2 });
    const buyerId = aBuyer();
    const older = reservationOf(await reserve(saleId, { buyerId }));
    await settle(reservationOf(await reserve(saleId, { buyerId })), 0);
    expect(await reserve(saleId, { buyerId, quantity: 2 })).toMatchObject({
      kind: "already_bought",
      orderId: older.orderId,
    });
  });
});

describe("what the gate does not count gives nothing back", () => {
  test("an unknown order, of a buyer whom it knows and of one whom it does not", async () => {
    const { sale, order } = await anOrder();
    const before = await rawGate(redis, sale.saleId);
    expect(await settle({ ...order, orderId: newOrderId(sale.saleId, NOW_MS) }, 0)).toBe("unknown");
    expect(await settle({ ...order, buyerId: aBuyer() }, 0)).toBe("unknown");
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
  });

  test("a closed gate takes nothing: whoever tells it must tell it again", async () => {
    const { sale, order } = await anOrder();
    await setField(sale.saleId, "recovering", 1);
    const before = await rawGate(redis, sale.saleId);
    expect(await settle(order, 0)).toBe("recovering");
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
  });

  test("a lost gate takes nothing: of another life of Redis, or not there", async () => {
    const { sale, order } = await anOrder();
    await setField(sale.saleId, "run_id", "0123456789abcdef0123456789abcdef01234567");
    const before = await rawGate(redis, sale.saleId);
    expect(await settle(order, 0)).toBe("lost");
    expect(await rawGate(redis, sale.saleId)).toEqual(before);
    const { saleId } = aSale();
    expect(await settle({ ...order, saleId }, 0)).toBe("lost");
    expect(await redis.keys(`*${saleId}*`)).toEqual([]);
  });
});

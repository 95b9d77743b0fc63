import type { Cluster } from "ioredis";
import { expect, test } from "vitest";
import { aFilling, reservationOf, testGate } from "../../tests/gate/test-gate.ts";
import { testStores } from "../../tests/support/stores.ts";
import { aBuyer, aSale, NOW_MS } from "../../tests/support/test-sale.ts";
import { newOrderId } from "../ids.ts";
import { mayHold } from "./holder-filter.ts";
import { createGatePulses } from "./pulses.redis.ts";

const stores = await testStores();
const { redis, gate, rebuild, load, reserve } = testGate(stores.redisUrl);

const pulses = createGatePulses(redis);

/** Many sales, so that every node has some of them. */
const SALES = 30;

test("on a Redis Cluster every script runs on one node, and says what it says anywhere", async () => {
  for (let i = 0; i < SALES; i++) {
    const sale = await load({ allocated: 2, purchaseLimit: 2 });
    const { saleId } = sale;
    const buyerId = aBuyer();
    expect(await gate.load(sale)).toBe("present");
    const reservation = reservationOf(await reserve(saleId, { buyerId, key: "key-0001" }));
    expect(await reserve(saleId, { buyerId, key: "key-0001" })).toMatchObject({
      kind: "replayed",
      reservation,
    });
    expect(await gate.adopt(reservation)).toEqual({ kind: "counted", epoch: 1 });
    const beyond = { ...reservation, orderId: newOrderId(saleId, NOW_MS), buyerId: aBuyer(), quantity: 2 };
    expect(await gate.adopt(beyond)).toEqual({ kind: "refused", epoch: 1 });
    await reserve(saleId);
    const reply = await reserve(saleId, { wantsFilter: true });
    expect(reply.kind === "sold_out" && reply.filter && mayHold(reply.filter, buyerId)).toBe(true);
    expect(await gate.configure({ ...sale, revision: 2, allocated: 1 }, "first")).toEqual({
      kind: "below_taken",
      taken: 2,
    });
    await gate.clear(saleId, reservation.orderId);
    expect(await gate.inspect(saleId)).toMatchObject({
      stock: { allocated: 2, available: 0, held: 0, sold: 2, withheld: 0 },
      outboxLength: 1,
      hasAllBuyers: true,
    });
    const left = { saleId, buyerId, orderId: reservation.orderId, unitsLeft: 0, unitsWithheld: 1 };
    expect(await gate.settle(left)).toBe("settled");
    const recovery = await rebuild.begin(saleId, 1);
    expect(recovery.wasAlive).toBe(true);
    const filling = aFilling({ epoch: 2, allocated: 2 });
    await rebuild.refill(recovery, filling, async () => {});
    await rebuild.open(recovery, filling, sale);
    expect(await gate.inspect(saleId)).toMatchObject({
      epoch: 2,
      isRecovering: false,
      stock: { available: 2 },
    });
  }
  expect(await gate.inspect(aSale().saleId)).toEqual({ kind: "lost" });

  const nodes = (redis as unknown as Cluster).nodes("master");
  const counts = await Promise.all(nodes.map(async (node) => (await node.keys("*:gate")).length));
  expect(counts.reduce((sum, count) => sum + count)).toBe(SALES);
  expect(counts.filter((count) => count > 0)).toHaveLength(3);
});

test("the pulses of all nodes are taken with one pipeline to each", async () => {
  const sales = await Promise.all(Array.from({ length: SALES }, () => load()));
  const lost = aSale().saleId;
  const read = await pulses.read([...sales.map(({ saleId }) => saleId), lost]);
  expect(sales.map(({ saleId }) => read.get(saleId)?.kind)).toEqual(sales.map(() => "found"));
  expect(read.get(lost)).toEqual({ kind: "lost" });
});

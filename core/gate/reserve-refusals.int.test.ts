import { describe, expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { reservationOf, testGate } from "../../tests/gate/test-gate.ts";
import { aBuyer, aSale, FAR_AHEAD_MS, LONG_AGO_MS } from "../../tests/support/test-sale.ts";
import { hashKey } from "../purchase/key-hash.ts";
import { mayHold } from "./holder-filter.ts";
import { gateKeys } from "./keys.ts";

const stores = await testStores();
const { redis, gate, load, reserve, field, setField, nowMs } = testGate(stores.redisUrl);

describe("the window of the sale, by the gate's clock", () => {
  test("not open: says when it opens and what time it is", async () => {
    const { saleId } = await load({ startsAtMs: FAR_AHEAD_MS });
    const fromMs = await nowMs();
    const reply = await reserve(saleId);
    expect(reply).toMatchObject({ kind: "not_open", startsAtMs: FAR_AHEAD_MS });
    const replyMs = reply.kind === "not_open" ? reply.nowMs : 0;
    expect(replyMs).toBeGreaterThanOrEqual(fromMs);
    expect(replyMs).toBeLessThanOrEqual(await nowMs());
  });

  test("ends at its end by the clock, without anybody's doing", async () => {
    const { saleId } = await load({ endsAtMs: LONG_AGO_MS + 1 });
    expect(await reserve(saleId)).toEqual({ kind: "ended" });
  });

  test("an operator's end and pause refuse, and a resume sells again", async () => {
    const sale = await load();
    await gate.configure({ ...sale, revision: 2, state: "paused" }, "committed");
    expect(await reserve(sale.saleId)).toEqual({ kind: "paused" });
    await gate.configure({ ...sale, revision: 3, state: "running" }, "committed");
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "reserved" });
    await gate.configure({ ...sale, revision: 4, state: "ended" }, "committed");
    expect(await reserve(sale.saleId)).toEqual({ kind: "ended" });
  });

  test("a refusal by the window writes nothing, not even an attempt", async () => {
    const { saleId } = await load({ startsAtMs: FAR_AHEAD_MS });
    const before = await rawGate(redis, saleId);
    await reserve(saleId);
    expect(await rawGate(redis, saleId)).toEqual(before);
  });
});

describe("the purchase limit", () => {
  test("already_bought names the buyer's latest order, with its reservation while nobody finished it", async () => {
    const { saleId } = await load({ purchaseLimit: 2 });
    const buyerId = aBuyer();
    await reserve(saleId, { buyerId });
    const latest = reservationOf(await reserve(saleId, { buyerId }));
    const expected = { kind: "already_bought", orderId: latest.orderId };
    expect(await reserve(saleId, { buyerId })).toEqual({ ...expected, reservation: latest });
    await gate.clear(saleId, latest.orderId);
    expect(await reserve(saleId, { buyerId })).toEqual({ ...expected, reservation: null });
    expect(await field(saleId, "sold")).toBe("2");
  });

  test("more than a buyer may have in all is over_limit, to one who has nothing", async () => {
    const { saleId } = await load({ purchaseLimit: 2 });
    expect(await reserve(saleId, { quantity: 3 })).toEqual({ kind: "over_limit", purchaseLimit: 2 });
    expect(await field(saleId, "sold")).toBe("0");
  });

  test("a holder of a sold-out sale is told already_bought, not sold out", async () => {
    const { saleId } = await load({ allocated: 1 });
    const buyerId = aBuyer();
    await reserve(saleId, { buyerId });
    expect(await reserve(saleId, { buyerId })).toMatchObject({ kind: "already_bought" });
  });
});

describe("sold_out", () => {
  test("tells how many are left when fewer than asked for, and brings no filter then", async () => {
    const { saleId } = await load({ allocated: 3, purchaseLimit: 4 });
    await reserve(saleId);
    expect(await reserve(saleId, { quantity: 3, wantsFilter: true })).toEqual({
      kind: "sold_out",
      available: 2,
      held: 0,
      filter: null,
    });
    expect(await reserve(saleId, { quantity: 2 })).toMatchObject({ kind: "reserved" });
  });

  test("brings the filter of holders only when asked; it never misses one, and few others pass", async () => {
    const allocated = 500;
    const { saleId } = await load({ allocated });
    const holders = Array.from({ length: allocated }, aBuyer);
    await Promise.all(holders.map((buyerId) => reserve(saleId, { buyerId })));
    expect(await reserve(saleId)).toEqual({ kind: "sold_out", available: 0, held: 0, filter: null });

    const reply = await reserve(saleId, { wantsFilter: true });
    const filter = reply.kind === "sold_out" ? reply.filter : null;
    expect(filter?.bits).toBe(8192);
    expect(filter && holders.filter((buyerId) => !mayHold(filter, buyerId))).toEqual([]);
    const strangers = Array.from({ length: 2000 }, aBuyer).filter(
      (buyerId) => !filter || mayHold(filter, buyerId),
    );
    expect(strangers.length).toBeLessThan(100);
  });
});

describe("lost", () => {
  test("a gate that is not there", async () => {
    const { saleId } = aSale();
    expect(await reserve(saleId)).toEqual({ kind: "lost" });
    expect(await redis.keys(`*${saleId}*`)).toEqual([]);
  });

  test("a gate of another Redis life, even to a buyer who holds an order there", async () => {
    const { saleId } = await load();
    const buyerId = aBuyer();
    await reserve(saleId, { buyerId, key: "key-0001" });
    await setField(saleId, "run_id", "0123456789abcdef0123456789abcdef01234567");
    expect(await reserve(saleId, { buyerId, key: "key-0001" })).toEqual({ kind: "lost" });
    expect(await reserve(saleId)).toEqual({ kind: "lost" });
  });

  test("a gate whose record of buyers vanished, in whole or in part", async () => {
    const { saleId } = await load();
    const [first, second] = [aBuyer(), aBuyer()];
    for (const buyerId of [first, second]) await reserve(saleId, { buyerId });
    await redis.hdel(gateKeys(saleId).buyers, first);
    expect(await reserve(saleId, { buyerId: first })).toEqual({ kind: "lost" });
    await redis.del(gateKeys(saleId).buyers);
    expect(await reserve(saleId, { buyerId: second })).toEqual({ kind: "lost" });
    expect(await field(saleId, "sold")).toBe("2");
  });

  test("a gate whose filter of holders vanished, when it would be needed", async () => {
    const { saleId } = await load({ allocated: 1 });
    await reserve(saleId);
    await redis.del(gateKeys(saleId).holders);
    expect(await reserve(saleId, { wantsFilter: true })).toEqual({ kind: "lost" });
  });

  test("after FLUSHDB every script says lost", async () => {
    const sale = await load();
    const reservation = reservationOf(await reserve(sale.saleId));
    await redis.flushdb();
    expect(await reserve(sale.saleId)).toEqual({ kind: "lost" });
    expect(await gate.inspect(sale.saleId)).toEqual({ kind: "lost" });
    expect(await gate.configure({ ...sale, revision: 2 }, "committed")).toEqual({ kind: "lost" });
    expect(await gate.adopt(reservation)).toEqual({ kind: "lost" });
    expect(await gate.settle({ ...reservation, unitsLeft: 0, unitsWithheld: 0 })).toBe("lost");
    expect(await redis.keys("*")).toEqual([]);
  });
});

test("while recovering, everybody is told so and nothing is written", async () => {
  const sale = await load();
  const buyerId = aBuyer();
  const reservation = reservationOf(await reserve(sale.saleId, { buyerId, key: "key-0001" }));
  await setField(sale.saleId, "recovering", 1);
  const before = await rawGate(redis, sale.saleId);
  expect(await reserve(sale.saleId, { buyerId, key: "key-0001" })).toEqual({ kind: "recovering" });
  expect(await reserve(sale.saleId)).toEqual({ kind: "recovering" });
  expect(await gate.configure({ ...sale, revision: 2, allocated: 99 }, "first")).toEqual({
    kind: "recovering",
  });
  expect(await gate.adopt(reservation)).toEqual({ kind: "recovering" });
  expect(await gate.settle({ ...reservation, unitsLeft: 0, unitsWithheld: 0 })).toBe("recovering");
  expect(await gate.inspect(sale.saleId)).toMatchObject({ kind: "found", isRecovering: true });
  expect(await rawGate(redis, sale.saleId)).toEqual(before);
});

test("a word that nobody knows is a defect, and is thrown", async () => {
  const { saleId } = await load();
  const buyerId = aBuyer();
  await redis.hset(gateKeys(saleId).buyers, buyerId, `not-an-order,1,1,${hashKey("key-0001")}`);
  await setField(saleId, "buyer_count", 1);
  await redis.setbit(gateKeys(saleId).holders, 0, 1);
  await redis.hset(gateKeys(saleId).outbox, "not-an-order", "{}");
  await expect(reserve(saleId, { buyerId, key: "key-0001" })).rejects.toThrow();
});

import { describe, expect, test } from "vitest";
import { rawGate } from "../../tests/gate-keys.ts";
import { testStores } from "../../tests/stores.ts";
import { reservationOf, testGate } from "../../tests/test-gate.ts";
import { aBuyer, aSale, FAR_AHEAD_MS, LONG_AGO_MS, NOW_MS } from "../../tests/test-sale.ts";
import { newOrderId } from "../ids.ts";
import { hashKey } from "../purchase/key-hash.ts";
import { parseReservation } from "../purchase/reservation.ts";
import { mayHold } from "./holder-filter.ts";
import { gateKeys } from "./keys.ts";

const stores = await testStores();
const { redis, gate, load, reserve, field, setField, nowMs } = testGate(stores.redisUrl);

describe("reserved", () => {
  test("takes the unit and writes buyer, place, outbox and holder in the same step", async () => {
    const { saleId } = await load();
    const [buyerId, orderId] = [aBuyer(), newOrderId(saleId, NOW_MS)];
    const fromMs = await nowMs();
    const reply = await reserve(saleId, { buyerId, orderId, key: "key-0001", requestId: "request-7" });
    const untilMs = await nowMs();

    const reservation = reservationOf(reply);
    const keyHash = hashKey("key-0001");
    const { reservedAtMs, ...rest } = reservation;
    expect(rest).toEqual({
      saleId,
      orderId,
      buyerId,
      n: 1,
      quantity: 1,
      place: 1,
      epoch: 1,
      keyHash,
      requestId: "request-7",
    });
    expect(reservedAtMs).toBeGreaterThanOrEqual(fromMs);
    expect(reservedAtMs).toBeLessThanOrEqual(untilMs);

    const raw = await rawGate(redis, saleId);
    expect(raw.gate).toMatchObject({ available: "4", sold: "1", held: "0", places: "1", buyer_count: "1" });
    expect(raw.buyers).toEqual({ [buyerId]: `${orderId},1,1,${keyHash}` });
    expect(Object.keys(raw.outbox)).toEqual([orderId]);
    expect(parseReservation(raw.outbox[orderId] ?? "")).toEqual(reservation);
    expect(raw.attempts).toEqual({ [buyerId.slice(-14)]: "1" });
    expect(mayHold({ bytes: raw.holders ?? Buffer.alloc(0), bits: 1024 }, buyerId)).toBe(true);
  });

  test("gives each order the next place, whatever its quantity", async () => {
    const { saleId } = await load({ allocated: 6, purchaseLimit: 3 });
    const places: number[] = [];
    for (const quantity of [3, 1, 2]) places.push(reservationOf(await reserve(saleId, { quantity })).place);
    expect(places).toEqual([1, 2, 3]);
    expect(await rawGate(redis, saleId)).toMatchObject({ gate: { available: "0", sold: "6", places: "3" } });
  });

  test("numbers a buyer's orders by their first unit, up to the purchase limit", async () => {
    const { saleId } = await load({ allocated: 9, purchaseLimit: 4 });
    const buyerId = aBuyer();
    const first = reservationOf(await reserve(saleId, { buyerId, quantity: 1 }));
    const second = reservationOf(await reserve(saleId, { buyerId, quantity: 2 }));
    const third = reservationOf(await reserve(saleId, { buyerId, quantity: 1 }));
    expect([first.n, second.n, third.n]).toEqual([1, 2, 4]);
    const { buyers, gate: counters } = await rawGate(redis, saleId);
    expect(buyers[buyerId]?.split(";").map((order) => order.split(",").slice(0, 3))).toEqual([
      [first.orderId, "1", "1"],
      [second.orderId, "2", "2"],
      [third.orderId, "1", "3"],
    ]);
    expect(counters).toMatchObject({ buyer_count: "1", available: "5", sold: "4" });
  });

  test("of 200 at once, exactly the allocation is reserved, at the places 1 to 50", async () => {
    const { saleId } = await load({ allocated: 50 });
    const replies = await Promise.all(Array.from({ length: 200 }, () => reserve(saleId)));
    const places = replies.flatMap((reply) => (reply.kind === "reserved" ? [reply.reservation.place] : []));
    expect(places.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(replies.filter((reply) => reply.kind === "sold_out")).toHaveLength(150);
    expect(await gate.inspect(saleId)).toMatchObject({
      stock: { allocated: 50, available: 0, held: 0, sold: 50 },
      outboxLength: 50,
    });
  });
});

describe("replayed", () => {
  test("the same key gets the first reservation again and takes nothing", async () => {
    const { saleId } = await load();
    const buyerId = aBuyer();
    const first = reservationOf(await reserve(saleId, { buyerId, key: "key-0001" }));
    const before = await rawGate(redis, saleId);
    expect(await reserve(saleId, { buyerId, key: "key-0001" })).toEqual({
      kind: "replayed",
      orderId: first.orderId,
      reservation: first,
    });
    expect(await rawGate(redis, saleId)).toEqual(before);
  });

  test("comes before paused, ended, sold out and the rate limit", async () => {
    const { saleId, ...sale } = await load({ allocated: 1, attemptLimit: 1 });
    const buyerId = aBuyer();
    const { orderId } = reservationOf(await reserve(saleId, { buyerId, key: "key-0001" }));
    const again = () => reserve(saleId, { buyerId, key: "key-0001" });
    expect(await again()).toMatchObject({ kind: "replayed", orderId });
    for (const [revision, state] of [
      [2, "paused"],
      [3, "ended"],
    ] as const) {
      await gate.configure({ ...sale, saleId, revision, state });
      expect(await again()).toMatchObject({ kind: "replayed", orderId });
    }
  });

  test("says so without the reservation once the outbox entry is cleared", async () => {
    const { saleId } = await load();
    const buyerId = aBuyer();
    const { orderId } = reservationOf(await reserve(saleId, { buyerId, key: "key-0001" }));
    await gate.clear(saleId, orderId);
    expect((await rawGate(redis, saleId)).outbox).toEqual({});
    expect(await reserve(saleId, { buyerId, key: "key-0001" })).toEqual({
      kind: "replayed",
      orderId,
      reservation: null,
    });
  });

  test("finds each of a buyer's orders by its own key", async () => {
    const { saleId } = await load({ purchaseLimit: 3 });
    const buyerId = aBuyer();
    const orders = [];
    for (const key of ["key-0001", "key-0002", "key-0003"])
      orders.push(reservationOf(await reserve(saleId, { buyerId, key })).orderId);
    for (const [index, key] of ["key-0001", "key-0002", "key-0003"].entries())
      expect(await reserve(saleId, { buyerId, key })).toMatchObject({
        kind: "replayed",
        orderId: orders[index],
      });
  });

  test("a key belongs to its buyer and its sale: others may use the same", async () => {
    const [one, other] = [await load(), await load()];
    const buyerId = aBuyer();
    const replies = [
      await reserve(one.saleId, { buyerId, key: "key-0001" }),
      await reserve(one.saleId, { key: "key-0001" }),
      await reserve(other.saleId, { buyerId, key: "key-0001" }),
    ];
    expect(replies.map((reply) => reply.kind)).toEqual(["reserved", "reserved", "reserved"]);
  });
});

test("a key with another quantity is key_reused, and takes nothing", async () => {
  const { saleId } = await load({ purchaseLimit: 5 });
  const buyerId = aBuyer();
  await reserve(saleId, { buyerId, key: "key-0001", quantity: 2 });
  const before = await rawGate(redis, saleId);
  expect(await reserve(saleId, { buyerId, key: "key-0001", quantity: 1 })).toEqual({ kind: "key_reused" });
  expect(await rawGate(redis, saleId)).toEqual(before);
});

describe("the window of the sale, by the gate's clock", () => {
  test("not open: says when it opens and what time it is", async () => {
    const { saleId } = await load({ startsAtMs: FAR_AHEAD_MS });
    const fromMs = await nowMs();
    const reply = await reserve(saleId);
    expect(reply).toMatchObject({ kind: "not_open", startsAtMs: FAR_AHEAD_MS });
    const saidMs = reply.kind === "not_open" ? reply.nowMs : 0;
    expect(saidMs).toBeGreaterThanOrEqual(fromMs);
    expect(saidMs).toBeLessThanOrEqual(await nowMs());
  });

  test("ends at its end by the clock, without anybody's doing", async () => {
    const { saleId } = await load({ endsAtMs: LONG_AGO_MS + 1 });
    expect(await reserve(saleId)).toEqual({ kind: "ended" });
  });

  test("an operator's end and pause refuse, and a resume sells again", async () => {
    const sale = await load();
    await gate.configure({ ...sale, revision: 2, state: "paused" });
    expect(await reserve(sale.saleId)).toEqual({ kind: "paused" });
    await gate.configure({ ...sale, revision: 3, state: "running" });
    expect(await reserve(sale.saleId)).toMatchObject({ kind: "reserved" });
    await gate.configure({ ...sale, revision: 4, state: "ended" });
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
      filter: null,
    });
    expect(await reserve(saleId, { quantity: 2 })).toMatchObject({ kind: "reserved" });
  });

  test("brings the filter of holders only when asked; it never misses one, and few others pass", async () => {
    const allocated = 500;
    const { saleId } = await load({ allocated });
    const holders = Array.from({ length: allocated }, aBuyer);
    await Promise.all(holders.map((buyerId) => reserve(saleId, { buyerId })));
    expect(await reserve(saleId)).toEqual({ kind: "sold_out", available: 0, filter: null });

    const reply = await reserve(saleId, { wantsFilter: true });
    const filter = reply.kind === "sold_out" ? reply.filter : null;
    expect(filter?.bits).toBe(8000);
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
    expect(await gate.configure({ ...sale, revision: 2 })).toEqual({ kind: "lost" });
    expect(await gate.adopt(reservation)).toBe("lost");
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
  expect(await gate.configure({ ...sale, revision: 2, allocated: 99 })).toEqual({ kind: "recovering" });
  expect(await gate.adopt(reservation)).toBe("recovering");
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

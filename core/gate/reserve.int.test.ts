import { describe, expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { reservationOf, testGate } from "../../tests/gate/test-gate.ts";
import { aBuyer, NOW_MS } from "../../tests/support/test-sale.ts";
import { newOrderId } from "../ids.ts";
import { hashKey } from "../purchase/key-hash.ts";
import { parseReservation } from "../reservation/reservation.ts";
import { mayHold } from "./holder-filter.ts";

const stores = await testStores();
const { redis, gate, load, reserve, nowMs } = testGate(stores.redisUrl);

describe("reserved", () => {
  test("takes the unit and writes buyer, place, outbox and holder in the same step", async () => {
    const { saleId } = await load();
    const [buyerId, orderId] = [aBuyer(), newOrderId(saleId, NOW_MS)];
    const fromMs = await nowMs();
    const named = { key: "key-0001", requestId: "request-7", traceId: "trace-7" };
    const reply = await reserve(saleId, { buyerId, orderId, ...named });
    const untilMs = await nowMs();

    const reservation = reservationOf(reply);
    const keyHash = hashKey("key-0001");
    const { reservedAtMs, ...rest } = reservation;
    expect(rest).toEqual({
      saleId,
      orderId,
      buyerId,
      n: 1001,
      quantity: 1,
      place: 1,
      epoch: 1,
      keyHash,
      requestId: "request-7",
      traceId: "trace-7",
    });
    expect(reservedAtMs).toBeGreaterThanOrEqual(fromMs);
    expect(reservedAtMs).toBeLessThanOrEqual(untilMs);

    const raw = await rawGate(redis, saleId);
    expect(raw.gate).toMatchObject({ available: "4", sold: "1", held: "0", places: "1", buyer_count: "1" });
    expect(raw.buyers).toEqual({ [buyerId]: `${orderId},1,1,${keyHash}` });
    expect(Object.keys(raw.outbox)).toEqual([orderId]);
    expect(parseReservation(raw.outbox[orderId] ?? "")).toEqual(reservation);
    expect(raw.attempts).toEqual({ [buyerId.slice(-14)]: expect.stringMatching(/^\d+$/) });
    expect(mayHold({ bytes: raw.holders ?? Buffer.alloc(0), bits: 1024 }, buyerId)).toBe(true);
  });

  test("gives each order the next place, whatever its quantity", async () => {
    const { saleId } = await load({ allocated: 6, purchaseLimit: 3 });
    const places: number[] = [];
    for (const quantity of [3, 1, 2]) places.push(reservationOf(await reserve(saleId, { quantity })).place);
    expect(places).toEqual([1, 2, 3]);
    expect(await rawGate(redis, saleId)).toMatchObject({ gate: { available: "0", sold: "6", places: "3" } });
  });

  test("numbers a buyer's orders within the epoch, and writes them one after another", async () => {
    const { saleId } = await load({ allocated: 9, purchaseLimit: 4 });
    const buyerId = aBuyer();
    const first = reservationOf(await reserve(saleId, { buyerId, quantity: 1 }));
    const second = reservationOf(await reserve(saleId, { buyerId, quantity: 2 }));
    const third = reservationOf(await reserve(saleId, { buyerId, quantity: 1 }));
    expect([first.n, second.n, third.n]).toEqual([1001, 1002, 1003]);
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
      stock: { allocated: 50, available: 0, held: 0, sold: 50, withheld: 0 },
      outboxLength: 50,
    });
  });
});

describe("replayed", () => {
  test("the same key gets the first reservation again, is counted, and takes nothing but an attempt", async () => {
    const { saleId } = await load();
    const buyerId = aBuyer();
    const first = reservationOf(await reserve(saleId, { buyerId, key: "key-0001" }));
    const before = await rawGate(redis, saleId);
    expect(await reserve(saleId, { buyerId, key: "key-0001" })).toEqual({
      kind: "replayed",
      orderId: first.orderId,
      reservation: first,
    });
    const after = await rawGate(redis, saleId);
    const counters = { ...before.gate, attempts_turn: after.gate["attempts_turn"], replays: "1" };
    expect(after).toEqual({ ...before, gate: counters, attempts: after.attempts });
  });

  test("comes before paused, ended and sold out", async () => {
    const { saleId, ...sale } = await load({ allocated: 1 });
    const buyerId = aBuyer();
    const { orderId } = reservationOf(await reserve(saleId, { buyerId, key: "key-0001" }));
    const again = () => reserve(saleId, { buyerId, key: "key-0001" });
    expect(await again()).toMatchObject({ kind: "replayed", orderId });
    for (const [revision, state] of [
      [2, "paused"],
      [3, "ended"],
    ] as const) {
      await gate.configure({ ...sale, saleId, revision, state }, "committed");
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
    const [sale, other] = [await load(), await load()];
    const buyerId = aBuyer();
    const replies = [
      await reserve(sale.saleId, { buyerId, key: "key-0001" }),
      await reserve(sale.saleId, { key: "key-0001" }),
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

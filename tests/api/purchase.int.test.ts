import { describe, expect, test } from "vitest";
import { gateKeys } from "../../core/gate/keys.ts";
import type { SaleId } from "../../core/ids.ts";
import { testCloud } from "../cloud.ts";
import { testSnapshots } from "../sale-snapshot.ts";
import { testApi } from "../test-api.ts";
import { aBuyer, aSale } from "../test-sale.ts";
import { waitFor } from "../wait-for.ts";

const cloud = await testCloud();
const { call, tokenOf, newSale, buy, operate } = testApi(cloud.apiUrl);
const { redis, rowsOf, soldOf, ledgerOf, snapshotOf } = testSnapshots(cloud);

const untilSold = (saleId: SaleId, units: number) =>
  waitFor(`${units} units of ${saleId} are sold`, async () => (await soldOf(saleId)) === units);

/** Calls of scripts that Redis has run so far. */
async function scriptCalls(): Promise<number> {
  const stats = await redis.info("commandstats");
  const counts = [...stats.matchAll(/cmdstat_eval(?:sha)?:calls=(\d+)/g)].map(([, calls]) => Number(calls));
  return counts.reduce((sum, count) => sum + count, 0);
}

describe("202 accepted", () => {
  test("names the order and its place, and the order is confirmed at the place it names", async () => {
    const saleId = await newSale();
    const buyerId = aBuyer();
    const answer = await buy(saleId, { buyerId });
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({
      outcome: "accepted",
      orderId: expect.stringMatching(/^ord_/) as string,
      saleId,
      quantity: 1,
      place: 1,
      state: "accepted",
      reservedAt: expect.stringMatching(/Z$/) as string,
    });
    const location = answer.headers.get("location") ?? "";
    expect(location).toBe(`/api/sale/order/${answer.body?.orderId}`);
    await waitFor("the order is confirmed", async () => {
      const order = await call(`GET ${location}`, { token: tokenOf(buyerId) });
      return order.body?.state === "confirmed";
    });
    expect(await rowsOf(saleId)).toMatchObject([
      { id: answer.body?.orderId, buyer_id: buyerId, state: "confirmed", place: 1 },
    ]);
  });

  test("a replay is answered the same, and is one row", async () => {
    const saleId = await newSale();
    const buyerId = aBuyer();
    const first = await buy(saleId, { buyerId, key: "key-0001" });
    const again = await Promise.all(
      Array.from({ length: 10 }, () => buy(saleId, { buyerId, key: "key-0001" })),
    );
    for (const answer of again) {
      expect(answer.status).toBe(202);
      expect({ ...answer.body, state: "accepted" }).toEqual(first.body);
    }
    await untilSold(saleId, 1);
    const last = await buy(saleId, { buyerId, key: "key-0001" });
    expect(last).toMatchObject({ status: 202, body: { ...first.body, state: expect.any(String) as string } });
    expect(await rowsOf(saleId)).toHaveLength(1);
    expect((await ledgerOf(saleId)).filter((item) => !item.sk.endsWith("#settled"))).toHaveLength(1);
  });

  test("a replay after the pause, the end and the last unit still gives the buyer their order", async () => {
    const saleId = await newSale({ allocated: 1 });
    const buyerId = aBuyer();
    const first = await buy(saleId, { buyerId, key: "key-0001" });
    for (const what of ["pause", "end"] as const) {
      await operate(saleId, what);
      const again = await buy(saleId, { buyerId, key: "key-0001" });
      expect(again).toMatchObject({ status: 202, body: { orderId: first.body?.orderId } });
    }
  });

  test("clears the outbox once ledger and queue have the order", async () => {
    const saleId = await newSale();
    await buy(saleId);
    expect((await snapshotOf(saleId)).gate.outbox).toEqual({});
  });
});

test("200 already_bought: another key of the same buyer gets their order, and takes nothing", async () => {
  const saleId = await newSale();
  const buyerId = aBuyer();
  const first = await buy(saleId, { buyerId });
  const second = await buy(saleId, { buyerId });
  expect(second).toMatchObject({
    status: 200,
    body: { outcome: "already_bought", orderId: first.body?.orderId, place: 1 },
  });
  await untilSold(saleId, 1);
  const { gate } = await snapshotOf(saleId);
  expect(gate.gate).toMatchObject({ available: "4", sold: "1" });
});

describe("409 sold_out", () => {
  test("exactly the allocation is sold to a crowd that wants more; every winner has a row", async () => {
    const saleId = await newSale({ allocated: 20 });
    const answers = await Promise.all(Array.from({ length: 60 }, () => buy(saleId)));
    const won = answers.filter((answer) => answer.status === 202);
    expect(won).toHaveLength(20);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(40);
    await untilSold(saleId, 20);
    expect(new Set((await rowsOf(saleId)).map((row) => row.id))).toEqual(
      new Set(won.map((answer) => answer.body?.orderId)),
    );
  });

  test("is answered from memory to who holds nothing, and never to a holder", async () => {
    const saleId = await newSale({ allocated: 1 });
    const buyerId = aBuyer();
    const { body } = await buy(saleId, { buyerId });
    await buy(saleId);
    const before = await scriptCalls();
    const answers = await Promise.all(Array.from({ length: 5 }, () => buy(saleId)));
    expect(answers.map((answer) => answer.body?.kind)).toEqual(Array.from({ length: 5 }, () => "sold_out"));
    expect(await scriptCalls()).toBe(before);
    expect(await buy(saleId, { buyerId })).toMatchObject({
      status: 200,
      body: { outcome: "already_bought", orderId: body?.orderId },
    });
  });

  test("says how many are left when fewer than asked for", async () => {
    const saleId = await newSale({ allocated: 2, purchaseLimit: 3 });
    const answer = await buy(saleId, { quantity: 3 });
    expect(answer).toMatchObject({ status: 409, body: { kind: "sold_out" } });
    expect(answer.body?.detail).toContain("Only 2 units");
    expect(await buy(saleId, { quantity: 2 })).toMatchObject({ status: 202, body: { quantity: 2 } });
  });
});

test("403 not_open says when it opens and what time it is, and then asks Redis no more", async () => {
  const saleId = await newSale({ startsAt: "2100-01-01T00:00:00.000Z" });
  const first = await buy(saleId);
  expect(first).toMatchObject({
    status: 403,
    body: { kind: "not_open", startsAt: "2100-01-01T00:00:00.000Z" },
  });
  const before = await scriptCalls();
  const answers = await Promise.all(Array.from({ length: 5 }, () => buy(saleId)));
  expect(answers.map((answer) => answer.body?.kind)).toEqual(Array.from({ length: 5 }, () => "not_open"));
  expect(await scriptCalls()).toBe(before);
  const times = [first, ...answers].map((answer) => answer.body?.serverTime ?? "");
  expect(times).toEqual(times.toSorted());
});

test("409 ended, by an operator or by the clock", async () => {
  const [byOperator, byClock] = [await newSale(), await newSale({ endsAt: "2020-01-01T00:00:00.001Z" })];
  await operate(byOperator, "end");
  for (const saleId of [byOperator, byClock])
    expect(await buy(saleId)).toMatchObject({ status: 409, body: { kind: "ended" } });
});

test("503 paused, with Retry-After, until resumed", async () => {
  const saleId = await newSale();
  await operate(saleId, "pause");
  const answer = await buy(saleId);
  expect(answer).toMatchObject({ status: 503, body: { kind: "paused", retryAfterSeconds: 5 } });
  expect(answer.headers.get("retry-after")).toBe("5");
  await operate(saleId, "resume");
  expect(await buy(saleId)).toMatchObject({ status: 202 });
});

test("503 recovering, with Retry-After, while the gate is rebuilt", async () => {
  const saleId = await newSale();
  await redis.hset(gateKeys(saleId).gate, "recovering", 1);
  const answer = await buy(saleId);
  expect(answer).toMatchObject({ status: 503, body: { kind: "recovering" } });
  expect(answer.headers.get("retry-after")).toBe("2");
});

test("503 lost, never sold out, when Redis forgot everything; a sale that never was is 404", async () => {
  const saleId = await newSale();
  const buyerId = aBuyer();
  await buy(saleId, { buyerId, key: "key-0001" });
  await untilSold(saleId, 1);
  await redis.flushdb();
  for (const attempt of [{}, { buyerId, key: "key-0001" }]) {
    const answer = await buy(saleId, attempt);
    expect(answer).toMatchObject({ status: 503, body: { kind: "lost" } });
    expect(answer.headers.get("retry-after")).toBe("2");
  }
  expect(await buy(aSale().saleId)).toMatchObject({ status: 404, body: { kind: "not_found" } });
  expect(await call(`GET /api/sale/status/${saleId}`)).toMatchObject({
    status: 200,
    body: { phase: "recovering", stock: null },
  });
  expect(await redis.keys("*")).toEqual([]);
});

test("429 rate_limited, with Retry-After, to the buyer who asks too often and to nobody else", async () => {
  const saleId = await newSale({ attemptLimit: 1, purchaseLimit: 100, allocated: 100 });
  const buyerId = aBuyer();
  // One of three lies in the same window as another, wherever the window ends.
  const answers = [];
  for (let i = 0; i < 3; i++) answers.push(await buy(saleId, { buyerId }));
  const limited = answers.filter((answer) => answer.status === 429);
  expect(limited.length).toBeGreaterThanOrEqual(1);
  for (const answer of limited) {
    expect(answer.body?.kind).toBe("rate_limited");
    const seconds = Number(answer.headers.get("retry-after"));
    expect(seconds).toBe(answer.body?.retryAfterSeconds);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(10);
  }
  expect(await buy(saleId)).toMatchObject({ status: 202 });
});

test("422 key_reused: a key with another quantity takes nothing", async () => {
  const saleId = await newSale({ purchaseLimit: 5 });
  const buyerId = aBuyer();
  await buy(saleId, { buyerId, key: "key-0001", quantity: 2 });
  expect(await buy(saleId, { buyerId, key: "key-0001", quantity: 1 })).toMatchObject({
    status: 422,
    body: { kind: "key_reused" },
  });
  await untilSold(saleId, 2);
  expect((await snapshotOf(saleId)).gate.gate).toMatchObject({ sold: "2" });
});

test("400 for more than the sale lets anybody have", async () => {
  const saleId = await newSale({ purchaseLimit: 2 });
  expect(await buy(saleId, { quantity: 3 })).toMatchObject({
    status: 400,
    body: {
      kind: "invalid_request",
      errors: [{ field: "quantity", message: "must be at most 2 in this sale" }],
    },
  });
});

test("sales do not know each other: one key buys in each, and one's end leaves the others open", async () => {
  const sales = [await newSale(), await newSale(), await newSale()];
  const buyerId = aBuyer();
  await operate(sales[0]!, "end");
  const answers = await Promise.all(sales.map((saleId) => buy(saleId, { buyerId, key: "key-0001" })));
  expect(answers.map((answer) => answer.status)).toEqual([409, 202, 202]);
  await untilSold(sales[1]!, 1);
  await untilSold(sales[2]!, 1);
});

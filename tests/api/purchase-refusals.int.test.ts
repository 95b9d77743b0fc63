import { expect, test } from "vitest";
import { gateKeys } from "../../core/gate/keys.ts";
import type { SaleId } from "../../core/ids.ts";
import { testFaultyCloud } from "../support/faulty-cloud.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { testApi } from "../support/test-api.ts";
import { aBuyer, aSale } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testFaultyCloud();
const { call, newSale, buy, operate } = testApi(cloud.apiUrl);
const { redis, soldOf, snapshotOf } = testSnapshots(cloud);

const untilSold = (saleId: SaleId, units: number) =>
  waitFor(`${units} units of ${saleId} are sold`, async () => (await soldOf(saleId)) === units);

test("403 not_open says when it opens and what time it is, and then asks Redis no more", async () => {
  const saleId = await newSale({ startsAt: "2100-01-01T00:00:00.000Z" });
  const first = await buy(saleId);
  expect(first).toMatchObject({
    status: 403,
    body: { kind: "not_open", startsAt: "2100-01-01T00:00:00.000Z" },
  });
  const before = cloud.redis.bytesSent();
  const answers = await Promise.all(Array.from({ length: 5 }, () => buy(saleId)));
  expect(answers.map((answer) => answer.body?.kind)).toEqual(Array.from({ length: 5 }, () => "not_open"));
  expect(cloud.redis.bytesSent()).toBe(before);
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

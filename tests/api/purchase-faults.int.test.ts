import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { loadConfig } from "../../core/config.ts";
import type { SaleId } from "../../core/ids.ts";
import { testFaultyCloud } from "../support/faulty-cloud.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testFaultyCloud();
const { buy, call, newSale } = testApi(cloud.apiUrl);
const { soldOf, rowsOf, ledgerOf, entriesOf, snapshotOf } = testSnapshots(cloud);
const proxies = [cloud.redis, cloud.dynamo, cloud.sqs];

afterEach(async () => {
  for (const proxy of proxies) proxy.set("pass");
  await waitFor("every store answers", async () => (await call("GET /api/health/ready")).status === 200);
});

const logged: string[] = [];
for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream) as (...all: unknown[]) => boolean;
  vi.spyOn(stream, "write").mockImplementation((...all: unknown[]) => {
    logged.push(String(all[0]));
    return write(...all);
  });
}
afterAll(() => void vi.restoreAllMocks());

const unknown = { status: 503, body: { kind: "outcome_unknown" } } as const;
const key = "key-0001";

/** Asks again as a shopper would, and sees the one order become one row. */
async function expectFinishedByRetry(saleId: SaleId, buyerId: ReturnType<typeof aBuyer>, orderId?: string) {
  for (const proxy of proxies) proxy.set("pass");
  await waitFor("the same key is accepted", async () => (await buy(saleId, { buyerId, key })).status === 202);
  const again = await buy(saleId, { buyerId, key });
  if (orderId) expect(again.body?.orderId).toBe(orderId);
  // Right after the first request, a second one is its twin and leaves the sending to it; a later one sends.
  await waitFor("the order is a row", async () => {
    await buy(saleId, { buyerId, key });
    return (await soldOf(saleId)) === 1;
  });
  expect(await rowsOf(saleId)).toMatchObject([{ id: again.body?.orderId, state: "confirmed" }]);
  const { gate } = await snapshotOf(saleId);
  expect(gate.gate).toMatchObject({ available: "4", sold: "1" });
  expect(gate.outbox).toEqual({});
}

describe("the gate", () => {
  test.each(["cut", "stall", "mute"] as const)(
    "%s: the outcome is unknown, never sold out; the same key finds out",
    async (mode) => {
      const saleId = await newSale();
      const buyerId = aBuyer();
      cloud.redis.set(mode);
      const answer = await buy(saleId, { buyerId, key });
      expect(answer).toMatchObject(unknown);
      expect(answer.headers.get("retry-after")).toBe("1");
      expect(answer.body?.orderId).toBeUndefined();
      expect(await ledgerOf(saleId)).toEqual([]);
      await expectFinishedByRetry(saleId, buyerId);
    },
  );

  test("silent: the status says that it is checking, with the stock unknown", async () => {
    const saleId = await newSale();
    cloud.redis.set("cut");
    expect(await call(`GET /api/sale/status/${saleId}`)).toMatchObject({
      status: 200,
      body: { phase: "recovering", stock: null },
    });
  });
});

describe("the ledger", () => {
  test.each([
    ["cut", 0],
    ["stall", 0],
    ["mute", 1],
  ] as const)(
    "%s: the units stay taken, the answer names the order; the same key finishes it",
    async (mode, entries) => {
      const saleId = await newSale();
      const buyerId = aBuyer();
      cloud.dynamo.set(mode);
      const answer = await buy(saleId, { buyerId, key });
      expect(answer).toMatchObject(unknown);
      const orderId = answer.body?.orderId ?? "";
      expect(answer.headers.get("retry-after")).toBe("1");
      const { gate } = await snapshotOf(saleId);
      expect(gate.gate).toMatchObject({ available: "4", sold: "1" });
      expect(Object.keys(gate.outbox)).toEqual([orderId]);
      expect(await ledgerOf(saleId)).toHaveLength(entries);
      expect(await rowsOf(saleId)).toEqual([]);
      await expectFinishedByRetry(saleId, buyerId, orderId);
      expect(await entriesOf(saleId)).toHaveLength(1);
    },
  );

  test("silent: another key of the same buyer is told nothing of success or failure either", async () => {
    const saleId = await newSale();
    const buyerId = aBuyer();
    cloud.dynamo.set("cut");
    const first = await buy(saleId, { buyerId, key });
    const second = await buy(saleId, { buyerId, key: "key-0002" });
    expect(second).toMatchObject({ ...unknown, body: { orderId: first.body?.orderId } });
    cloud.dynamo.set("pass");
    await waitFor("the buyer's order is found", async () => {
      const answer = await buy(saleId, { buyerId, key: "key-0002" });
      return answer.status === 200 && answer.body?.orderId === first.body?.orderId;
    });
    await waitFor("the order is a row", async () => (await soldOf(saleId)) === 1);
  });

  test("silent: an order that is finished is not looked up wrongly", async () => {
    const saleId = await newSale();
    const buyerId = aBuyer();
    const { body } = await buy(saleId, { buyerId, key });
    cloud.dynamo.set("cut");
    expect(await buy(saleId, { buyerId, key })).toMatchObject({
      ...unknown,
      body: { orderId: body?.orderId },
    });
  });
});

describe("the queue", () => {
  test.each(["cut", "stall"] as const)(
    "%s: the order is accepted all the same, and its outbox entry stays for whoever publishes it",
    async (mode) => {
      const saleId = await newSale();
      const buyerId = aBuyer();
      cloud.sqs.set(mode);
      const answer = await buy(saleId, { buyerId, key });
      expect(answer).toMatchObject({ status: 202, body: { outcome: "accepted", state: "accepted" } });
      const orderId = answer.body?.orderId ?? "";
      const { gate, ledger, rows } = await snapshotOf(saleId);
      expect(Object.keys(gate.outbox)).toEqual([orderId]);
      expect(ledger).toHaveLength(1);
      expect(rows).toEqual([]);
      await expectFinishedByRetry(saleId, buyerId, orderId);
    },
  );

  test("mute: a message that SQS took twice is one row", async () => {
    const saleId = await newSale();
    const buyerId = aBuyer();
    cloud.sqs.set("mute");
    const answer = await buy(saleId, { buyerId, key });
    expect(answer.status).toBe(202);
    await waitFor("the order is a row", async () => (await soldOf(saleId)) === 1);
    expect(Object.keys((await snapshotOf(saleId)).gate.outbox)).toEqual([answer.body?.orderId]);
    await expectFinishedByRetry(saleId, buyerId, answer.body?.orderId);
  });
});

test("ready names the stores that are silent, and only those", async () => {
  cloud.redis.set("cut");
  cloud.sqs.set("cut");
  const answer = await call("GET /api/health/ready");
  expect(answer).toMatchObject({ status: 503, body: { kind: "unavailable" } });
  expect(answer.body?.detail).toBe("No answer from: gate, queue");
  expect(await call("GET /api/health")).toMatchObject({ status: 200 });
});

test("a silent store is 503 unavailable with Retry-After where nothing else can be said", async () => {
  const saleId = await newSale();
  cloud.dynamo.set("cut");
  for (const route of [`GET /api/sale/status/${saleId}`, "GET /api/sales"]) {
    const answer = await call(route);
    expect(answer).toMatchObject({ status: 503, body: { kind: "unavailable" } });
    expect(answer.headers.get("retry-after")).toBe("1");
  }
});

test("what was logged of all this names orders, and neither token nor secret", () => {
  const text = logged.join("");
  expect(text).toContain("the ledger did not answer");
  expect(text).toContain("left to the relay");
  const { SESSION_SECRET } = loadConfig(["SESSION_SECRET"]);
  expect(text).not.toContain(SESSION_SECRET);
  expect(text).not.toContain("Bearer");
  expect(text).not.toContain(tokenOf().split(".")[0]);
});

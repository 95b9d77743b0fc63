import { describe, expect, test } from "vitest";
import type { SaleId } from "../../core/ids.ts";
import { testFaultyCloud } from "../support/faulty-cloud.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testFaultyCloud();
const { call, newSale, buy, operate } = testApi(cloud.apiUrl);
const { rowsOf, soldOf, entriesOf, snapshotOf } = testSnapshots(cloud);

const untilSold = (saleId: SaleId, units: number) =>
  waitFor(`${units} units of ${saleId} are sold`, async () => (await soldOf(saleId)) === units);

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
      unitsLeft: 1,
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
    expect(await entriesOf(saleId)).toHaveLength(1);
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

  test("takes its request's id and trace into the ledger and the row; a forged trace gets nowhere", async () => {
    const saleId = await newSale();
    const traceId = "1-67891233-abcdef012345678912345678";
    const send = async (header: string) => {
      const headers = { "x-amzn-trace-id": header };
      const route = "POST /api/sale/purchase";
      const answer = await call(route, {
        token: tokenOf(),
        key: crypto.randomUUID(),
        body: { saleId },
        headers,
      });
      expect(answer.status).toBe(202);
      return { id: answer.body?.orderId, request_id: answer.headers.get("x-request-id") };
    };
    const traced = await send(`Root=${traceId}`);
    const forged = [await send(`Root=${"1".repeat(4_000)}`), await send("Root='); drop table orders;--")];
    await untilSold(saleId, 3);
    const [first, ...others] = await rowsOf(saleId);
    expect(first).toMatchObject({ ...traced, trace_id: traceId });
    expect(others).toMatchObject(forged.map((order) => ({ ...order, trace_id: null })));
    const entries = await entriesOf(saleId);
    expect(entries.filter((item) => "traceId" in item)).toMatchObject([
      { orderId: traced.id, requestId: traced.request_id, traceId },
    ]);
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
    const before = cloud.redis.bytesSent();
    const answers = await Promise.all(Array.from({ length: 5 }, () => buy(saleId)));
    expect(answers.map((answer) => answer.body?.kind)).toEqual(Array.from({ length: 5 }, () => "sold_out"));
    expect(cloud.redis.bytesSent()).toBe(before);
    expect(await buy(saleId, { buyerId })).toMatchObject({
      status: 200,
      body: { outcome: "already_bought", orderId: body?.orderId },
    });
  });

  test("says how many are left when fewer than asked for", async () => {
    const saleId = await newSale({ allocated: 2, purchaseLimit: 3 });
    const answer = await buy(saleId, { quantity: 3 });
    expect(answer).toMatchObject({ status: 409, body: { kind: "sold_out", available: 2 } });
    expect(answer.body?.detail).toContain("Only 2 units");
    expect(await buy(saleId, { quantity: 2 })).toMatchObject({ status: 202, body: { quantity: 2 } });
  });
});

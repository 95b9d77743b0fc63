import { describe, expect, test } from "vitest";
import { gateKeys } from "../../core/gate/keys.ts";
import type { SaleNumbers } from "../../core/contract/admin.ts";
import type { SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer, aSale } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testCloud();
const { call, newSale, buy, operate } = testApi(cloud.apiUrl);
const { redis, rowsOf, soldOf, snapshotOf } = testSnapshots(cloud);

const operator = tokenOf(aBuyer(), "operator");
const numbersOf = (answer: { body: unknown }) => answer.body as SaleNumbers;
const buyAll = (saleId: SaleId, count: number) =>
  Promise.all(Array.from({ length: count }, () => buy(saleId)));
const accepted = (answers: { status: number }[]) => answers.filter(({ status }) => status === 202).length;

describe("pause, resume and end", () => {
  test("take effect on the next purchase, raise the revision, and change nothing when repeated", async () => {
    const saleId = await newSale();
    const steps = [
      ["pause", "paused", 503, true],
      ["pause", "paused", 503, false],
      ["resume", "open", 202, true],
      ["end", "ended", 409, true],
      ["end", "ended", 409, false],
    ] as const;
    let last = 1;
    for (const [what, phase, status, isNew] of steps) {
      const answer = await operate(saleId, what);
      expect(answer).toMatchObject({ status: 200, body: { phase } });
      expect((await buy(saleId)).status).toBe(status);
      const { revision } = numbersOf(answer);
      expect(isNew ? revision > last : revision === last).toBe(true);
      last = revision;
    }
    for (const what of ["resume", "pause"] as const)
      expect(await operate(saleId, what)).toMatchObject({ status: 409, body: { kind: "conflict" } });
    expect(await redis.hget(gateKeys(saleId).gate, "state")).toBe("ended");
  });

  test("of a sale that is not there are 404, of an id that is none 400", async () => {
    for (const what of ["pause", "resume", "end", { name: "Boot" }] as const) {
      expect(await operate(aSale().saleId, what)).toMatchObject({ status: 404, body: { kind: "not_found" } });
      expect(await operate("sale_1" as SaleId, what)).toMatchObject({
        status: 400,
        body: { kind: "invalid_request" },
      });
    }
  });

  test("a pause in the middle of a crowd: what was accepted before it becomes rows, and nothing after", async () => {
    const saleId = await newSale({ allocated: 100 });
    const buying = buyAll(saleId, 60);
    await operate(saleId, "pause");
    const won = accepted(await buying);
    expect(accepted(await buyAll(saleId, 5))).toBe(0);
    await waitFor("all accepted are rows", async () => (await soldOf(saleId)) === won);
    await operate(saleId, "resume");
    expect(accepted(await buyAll(saleId, 5))).toBe(5);
    await waitFor("all accepted are rows", async () => (await soldOf(saleId)) === won + 5);
  });
});

describe("changing a sale", () => {
  test("changes what it names, in PostgreSQL, in the copy and in the gate", async () => {
    const saleId = await newSale({ startsAt: "2100-01-01T00:00:00.000Z" });
    const change = { name: "Boot", priceMinor: 1, purchaseLimit: 3, startsAt: "2020-01-01T00:00:00.000Z" };
    expect(await operate(saleId, change)).toMatchObject({
      status: 200,
      body: { ...change, revision: 3, phase: "open" },
    });
    const { row, copies, gate } = await snapshotOf(saleId);
    expect(row).toMatchObject({ name: "Boot", price_minor: 1, purchase_limit: 3, revision: 3 });
    expect(copies).toMatchObject([{ name: "Boot", priceMinor: 1, purchaseLimit: 3, revision: 3 }]);
    expect(gate.gate).toMatchObject({ purchase_limit: "3", revision: "3" });
    expect((await buy(saleId, { quantity: 3 })).status).toBe(202);
  });

  test("what buyers rely on stays once it has begun", async () => {
    const saleId = await newSale({ purchaseLimit: 2 });
    const before = await snapshotOf(saleId);
    for (const change of [
      { priceMinor: 1 },
      { currency: "USD" },
      { purchaseLimit: 1 },
      { startsAt: "2100-01-01T00:00:00.000Z" },
    ])
      expect(await operate(saleId, change)).toMatchObject({ status: 409, body: { kind: "conflict" } });
    for (const change of [{}, { allocated: 0 }, { epoch: 2 }, { saleId }, []])
      expect(await operate(saleId, change)).toMatchObject({ status: 400, body: { kind: "invalid_request" } });
    expect(await snapshotOf(saleId)).toEqual(before);
  });

  test("an allocation goes down to what is taken, and not below", async () => {
    const saleId = await newSale({ allocated: 10 });
    expect(accepted(await buyAll(saleId, 3))).toBe(3);
    await waitFor("they are rows", async () => (await soldOf(saleId)) === 3);
    const before = await snapshotOf(saleId);
    const refused = await operate(saleId, { allocated: 2 });
    expect(refused).toMatchObject({ status: 409, body: { kind: "conflict" } });
    expect(refused.body?.detail).toContain("3 units are taken");
    expect(await snapshotOf(saleId)).toEqual(before);
    expect(await operate(saleId, { allocated: 3 })).toMatchObject({
      status: 200,
      body: { phase: "sold_out", stock: { allocated: 3, available: 0, held: 0, sold: 3 } },
    });
    expect((await buy(saleId)).status).toBe(409);
  });

  test("raised and lowered in mid-sale it sells exactly the last total, nobody twice", async () => {
    const saleId = await newSale({ allocated: 10 });
    const first = buyAll(saleId, 30);
    await operate(saleId, { allocated: 25 });
    let won = accepted(await first);
    await operate(saleId, { allocated: 18 }).then((answer) => expect([200, 409]).toContain(answer.status));
    await operate(saleId, { allocated: 30 });
    await waitFor("all thirty are sold", async () => {
      won += accepted(await buyAll(saleId, 20));
      return won >= 30;
    });
    expect(won).toBe(30);
    await waitFor("all thirty are rows", async () => (await soldOf(saleId)) === 30);
    expect((await rowsOf(saleId)).map((row) => row.state)).toEqual(
      Array.from({ length: 30 }, () => "confirmed"),
    );
    expect(numbersOf(await call(`GET /api/admin/sales/${saleId}`, { token: operator }))).toMatchObject({
      phase: "sold_out",
      stock: { allocated: 30, available: 0, held: 0, sold: 30 },
      outbox: 0,
      orders: { confirmed: 30, rejected: 0, soldUnits: 30 },
    });
  });

  test("20 changes at once each have a revision of their own, and every store ends on the last", async () => {
    const saleId = await newSale();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => operate(saleId, { allocated: 10 + i })),
    );
    const revisions = answers.map((answer) => numbersOf(answer).revision);
    expect(new Set(revisions).size).toBe(20);
    const { row, copies, gate } = await snapshotOf(saleId);
    const revision = row?.revision;
    // One that found a later one in the gate has made sure that what is recorded holds, under one more.
    expect(revision).toBeGreaterThanOrEqual(Math.max(...revisions));
    expect(copies).toMatchObject([{ allocated: row?.allocated }]);
    expect(gate.gate).toMatchObject({
      revision: String(revision),
      allocated: String(row?.allocated),
      available: String(row?.allocated),
    });
  });

  test("while the gate is lost, a lower allocation waits for its recovery, and changes nothing", async () => {
    const saleId = await newSale();
    await redis.hset(gateKeys(saleId).gate, "recovering", 1);
    const before = await snapshotOf(saleId);
    expect(await operate(saleId, { allocated: 4 })).toMatchObject({
      status: 503,
      body: { kind: "recovering" },
    });
    expect(await snapshotOf(saleId)).toEqual(before);
  });
});

test("the staff see every sale, and each store's own numbers", async () => {
  const saleId = await newSale({ name: "Listed" });
  const list = await call("GET /api/admin/sales", { token: tokenOf(aBuyer(), "viewer") });
  const { sales } = list.body as unknown as { sales: SaleNumbers[] };
  expect(sales.find((sale) => sale.saleId === saleId)).toMatchObject({ name: "Listed", epoch: 1, outbox: 0 });
  const ids = sales.map((sale) => sale.saleId);
  expect(ids).toEqual(ids.toSorted().toReversed());
});

import { describe, expect, test } from "vitest";
import { gateKeys } from "../../core/gate/keys.ts";
import type { SaleNumbers } from "../../core/contract/admin.ts";
import type { SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testCloud();
const { call, buy } = testApi(cloud.apiUrl);
const { db, redis, soldOf, snapshotOf } = testSnapshots(cloud);

const operator = tokenOf(aBuyer(), "operator");
const numbersOf = (answer: { body: unknown }) => answer.body as SaleNumbers;
const settings = {
  name: "Sneaker",
  priceMinor: 12_900,
  currency: "EUR",
  allocated: 5,
  startsAt: "2020-01-01T00:00:00.000Z",
};
const create = (key: string, body: object = settings, token = operator) =>
  call("POST /api/admin/sales", { token, key, body });
const salesNamed = async (name: string) =>
  (await db.selectFrom("sales").select("id").where("name", "=", name).execute()).map((row) => row.id);
const salesCount = async () => (await db.selectFrom("sales").select("id").execute()).length;
const buyAll = (saleId: SaleId, count: number) =>
  Promise.all(Array.from({ length: count }, () => buy(saleId)));
const accepted = (answers: { status: number }[]) => answers.filter(({ status }) => status === 202).length;

describe("creating a sale", () => {
  test("answers its numbers, and it sells", async () => {
    const answer = await create("create-0001");
    expect(answer.status).toBe(201);
    const { allocated, ...asked } = settings;
    expect(numbersOf(answer)).toMatchObject({
      ...asked,
      phase: "open",
      state: "running",
      purchaseLimit: 1,
      attemptLimit: 10,
      revision: 1,
      epoch: 1,
      stock: { allocated, available: 5, held: 0, sold: 0 },
      outbox: 0,
      orders: { confirmed: 0, rejected: 0, soldUnits: 0 },
    });
    expect((await buy(numbersOf(answer).saleId)).status).toBe(202);
  });

  test("repeated with its key answers the same sale, and touches nothing of it", async () => {
    const { saleId } = numbersOf(await create("create-0002"));
    await buy(saleId);
    await waitFor("it is sold", async () => (await soldOf(saleId)) === 1);
    const before = await snapshotOf(saleId);
    const again = await create("create-0002");
    expect(again).toMatchObject({ status: 201, body: { saleId, stock: { available: 4, sold: 1 } } });
    expect(await snapshotOf(saleId)).toEqual(before);
  });

  test("repeated after its gate was lost makes none anew: what it sold would be sold again", async () => {
    const { saleId } = numbersOf(await create("create-0006"));
    await redis.del(Object.values(gateKeys(saleId)));
    expect(await create("create-0006")).toMatchObject({
      status: 201,
      body: { saleId, phase: "recovering", stock: null },
    });
    expect(await redis.exists(gateKeys(saleId).gate)).toBe(0);
  });

  test("with a changed body under the same key is key_reused", async () => {
    await create("create-0003");
    for (const body of [
      { ...settings, allocated: 6 },
      { ...settings, name: "Boot" },
      { ...settings, endsAt: "2100-01-01T00:00:00.000Z" },
    ])
      expect(await create("create-0003", body)).toMatchObject({ status: 422, body: { kind: "key_reused" } });
    expect(await salesNamed("Boot")).toEqual([]);
  });

  test("20 times at once is one sale", async () => {
    const name = "Created twenty times";
    const body = { ...settings, name };
    const answers = await Promise.all(Array.from({ length: 20 }, () => create("create-0004", body)));
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 201));
    expect(new Set(answers.map((answer) => numbersOf(answer).saleId))).toEqual(
      new Set(await salesNamed(name)),
    );
    expect(await salesNamed(name)).toHaveLength(1);
    const [saleId] = (await salesNamed(name)) as [SaleId];
    expect(accepted(await buyAll(saleId, 12))).toBe(5);
  });

  test("under another operator's key of the same text is another sale", async () => {
    const [first, other] = [
      await create("create-0005"),
      await create("create-0005", settings, tokenOf(aBuyer(), "operator")),
    ];
    expect(numbersOf(other).saleId).not.toBe(numbersOf(first).saleId);
  });

  test.each<[string, object]>([
    ["no units", { allocated: 0 }],
    ["half a unit", { allocated: 1.5 }],
    ["more units than a sale may have", { allocated: 10_000_001 }],
    ["units in words", { allocated: "5" }],
    ["an empty name", { name: "  " }],
    ["a name with a zero character", { name: "Sneaker\u0000" }],
    ["a name with a line break", { name: "Sneaker\r\nSet-Cookie: x" }],
    ["a description with a zero character", { description: "\u0000" }],
    ["a name past 120 characters", { name: "x".repeat(121) }],
    ["a negative price", { priceMinor: -1 }],
    ["a price in fractions of a cent", { priceMinor: 0.5 }],
    ["a currency in words", { currency: "euro" }],
    ["no purchase limit", { purchaseLimit: 0 }],
    ["a start in words", { startsAt: "tomorrow" }],
    ["a start without a zone", { startsAt: "2026-11-27T09:00:00" }],
    ["a start with half a zone", { startsAt: "2026-11-27T09:00:00+01" }],
    ["a start on a day that is not in the calendar", { startsAt: "2026-02-31T09:00:00.000Z" }],
    ["an end before the start", { endsAt: "2019-12-31T23:59:59.999Z" }],
    ["an end at the start", { endsAt: "2020-01-01T00:00:00.000Z" }],
    ["a field of ours", { epoch: 5 }],
    ["a state", { state: "ended" }],
  ])("with %s is refused, and makes no sale", async (_, wrong) => {
    const before = await salesCount();
    const answer = await create(crypto.randomUUID(), { ...settings, ...wrong });
    expect(answer).toMatchObject({ status: 400, body: { kind: "invalid_request" } });
    expect(answer.body?.errors?.length).toBeGreaterThanOrEqual(1);
    expect(await salesCount()).toBe(before);
  });
});

import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { testDynamo, testTables } from "../../tests/support/test-aws.ts";
import { aPicture, aSale, FAR_AHEAD_MS, NOW_MS } from "../../tests/support/test-sale.ts";
import { newSaleId } from "../ids.ts";
import { createSaleRecords } from "./sale-record.dynamo.ts";
import type { Sale } from "./sale.ts";

const { ledgerTable, dynamoEndpoint } = await testStores();
const dynamo = testDynamo(dynamoEndpoint);
const records = createSaleRecords(testTables(dynamoEndpoint), ledgerTable);

test("a sale comes back as it was put; one that was not is null", async () => {
  const sale = aSale({ endsAtMs: FAR_AHEAD_MS, state: "paused", picture: aPicture });
  await records.put(sale);
  expect(await records.get(sale.saleId)).toEqual(sale);
  expect(await records.get(aSale().saleId)).toBeNull();
});

test("a copy from before there were pictures is read as one without, and takes one", async () => {
  const sale = aSale();
  const { picture: _none, ...old } = sale;
  await dynamo.send(
    new PutCommand({ TableName: ledgerTable, Item: { pk: "sales", sk: sale.saleId, ...old } }),
  );
  expect(await records.get(sale.saleId)).toEqual(sale);
  const changed = { ...sale, revision: 2, picture: aPicture };
  await records.put(changed);
  expect(await records.get(sale.saleId)).toEqual(changed);
});

test("a copy goes forward by revision and by epoch, and never back", async () => {
  const sale = aSale({ revision: 2, epoch: 2 });
  await records.put(sale);
  const newer = { ...sale, revision: 3, name: "Boot" };
  await records.put(newer);
  expect(await records.get(sale.saleId)).toEqual(newer);
  const newerLife = { ...newer, epoch: 3 };
  await records.put(newerLife);
  expect(await records.get(sale.saleId)).toEqual(newerLife);
  for (const old of [sale, newer, { ...newerLife, epoch: 2, revision: 2 }]) {
    await records.put(old);
    expect(await records.get(sale.saleId)).toEqual(newerLife);
  }
});

test("an older revision does not come back with a newer epoch, nor an older epoch with a newer revision", async () => {
  const sale = aSale({ revision: 5, epoch: 2 });
  await records.put(sale);
  await records.put({ ...sale, revision: 4, epoch: 3 });
  expect(await records.get(sale.saleId)).toMatchObject({ revision: 5 });
  await records.put({ ...sale, revision: 6, epoch: 1 });
  expect(await records.get(sale.saleId)).toMatchObject({ epoch: 2 });
});

test("20 revisions put at once, in any order, leave the newest", async () => {
  const sale = aSale();
  const revisions = Array.from({ length: 20 }, (_, i) => ({ ...sale, revision: ((i * 7) % 20) + 1 }));
  await Promise.all(revisions.map((revision) => records.put(revision)));
  expect(await records.get(sale.saleId)).toMatchObject({ revision: 20 });
});

test("current sales are listed oldest first, beyond one page of 1 MB", async () => {
  const before = (await records.current()).length;
  const description = "x".repeat(40_000);
  const sales = Array.from({ length: 30 }, (_, i) =>
    aSale({ saleId: newSaleId(NOW_MS + 1 + i), description }),
  );
  await Promise.all(sales.map((sale) => records.put(sale)));
  expect((await records.current()).slice(before)).toEqual(sales);
});

test("a copy that comes late changes nothing among the current sales either", async () => {
  const sale = aSale({ revision: 3, name: "Boot" });
  const listed = async () => (await records.current()).find(({ saleId }) => saleId === sale.saleId);
  await records.put(sale);
  await records.put({ ...sale, revision: 2, name: "Shoe" });
  expect(await listed()).toEqual(sale);
});

test("a sale that a crash kept from the current ones is put there by the next to put it", async () => {
  const sale = aSale();
  await dynamo.send(
    new PutCommand({ TableName: ledgerTable, Item: { pk: "sales", sk: sale.saleId, ...sale } }),
  );
  await records.put(sale);
  expect(await records.current()).toContainEqual(sale);
});

const isListed = async ({ saleId }: Sale) =>
  (await records.current()).some((current) => current.saleId === saleId);

describe("a sale that is archived", () => {
  const archive = {
    stock: { allocated: 5, available: 4, held: 0, sold: 1, withheld: 0 },
    attempts: { reserved: 1, soldOut: 0, alreadyBought: 0, overLimit: 0, rateLimited: 0 },
  };
  const closedSale = () => aSale({ state: "ended", closedAtMs: NOW_MS, revision: 3, archive });

  test("is no longer among the current ones, and comes back as it was put", async () => {
    const sale = closedSale();
    await records.put({ ...sale, archive: null, revision: 2 });
    expect(await isListed(sale)).toBe(true);
    await records.putPast(sale);
    expect(await isListed(sale)).toBe(false);
    expect(await records.get(sale.saleId)).toEqual(sale);
    await records.putPast(sale);
    await records.put(sale);
    expect(await isListed(sale)).toBe(false);
  });

  test("does not come back among them by a copy that is late", async () => {
    const sale = closedSale();
    await records.putPast(sale);
    await records.put({ ...sale, archive: null, closedAtMs: null, revision: 2 });
    expect(await isListed(sale)).toBe(false);
  });

  test("stays among them where it was opened again meanwhile", async () => {
    const sale = closedSale();
    const opened = { ...sale, archive: null, closedAtMs: null, revision: 5 };
    await records.put(opened);
    await records.putPast(sale);
    expect(await isListed(sale)).toBe(true);
    expect(await records.get(sale.saleId)).toEqual(opened);
  });
});

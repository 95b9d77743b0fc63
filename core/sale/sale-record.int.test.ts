import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { testDynamo, testTables } from "../../tests/support/test-aws.ts";
import { aPicture, aSale, FAR_AHEAD_MS, NOW_MS } from "../../tests/support/test-sale.ts";
import { newSaleId } from "../ids.ts";
import { createSaleRecords } from "./sale-record.dynamo.ts";

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

test("all sales are listed oldest first, beyond one page of 1 MB", async () => {
  const before = (await records.list()).length;
  const description = "x".repeat(40_000);
  const sales = Array.from({ length: 30 }, (_, i) =>
    aSale({ saleId: newSaleId(NOW_MS + 1 + i), description }),
  );
  await Promise.all(sales.map((sale) => records.put(sale)));
  expect((await records.list()).slice(before)).toEqual(sales);
});

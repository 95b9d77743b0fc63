import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { aBuyer } from "../../tests/support/test-sale.ts";
import { newSaleId } from "../ids.ts";
import { createJoins } from "./joins.dynamo.ts";

const stores = await testStores();
const tables = testTables(stores.dynamoEndpoint);
const LIST = 0;

/** Joins of a sale by a client that counts its readings. */
function countedJoins() {
  let reads = 0;
  const get: typeof tables.get = (request) => {
    reads++;
    return tables.get(request);
  };
  const joins = createJoins({ ...tables, get }, stores.lineTable);
  const saleId = newSaleId(Date.now());
  const join = (buyerId = aBuyer()) => {
    const salt = Buffer.alloc(16, 1);
    const entry = {
      buyerId,
      list: LIST,
      lane: 1,
      why: "no_puzzle",
      quantity: 1,
      salt,
      language: "en",
    } as const;
    return joins.put(saleId, entry);
  };
  return { saleId, joins, join, reads: () => reads };
}

test("a join without a puzzle costs one put: what operators undid is read once for all that join within a second", async () => {
  const { join, reads } = countedJoins();
  for (let i = 0; i < 20; i++) expect(await join()).toMatchObject({ isNew: true, entry: { lane: 1 } });
  expect(reads()).toBe(1);
});

test("whoever asks again is told at once what an operator undid", async () => {
  const { saleId, joins, join } = countedJoins();
  const buyerId = aBuyer();
  await join(buyerId);
  await joins.undoLane(saleId, LIST, { why: "no_puzzle" });
  expect(await join(buyerId)).toMatchObject({ isNew: false, entry: { lane: 0 } });
});

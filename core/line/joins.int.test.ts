import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { aBuyer } from "../../tests/support/test-sale.ts";
import { newSaleId } from "../ids.ts";
import { createJoins } from "./joins.dynamo.ts";
import { createLineTraces } from "./line-traces.dynamo.ts";

const { lineTable, dynamoEndpoint } = await testStores();
const dynamo = testTables(dynamoEndpoint);
const LIST = 0;

/** Joins of a sale by a client that counts its readings. */
function countedJoins() {
  let reads = 0;
  const get: typeof dynamo.get = (request) => {
    reads++;
    return dynamo.get(request);
  };
  const joins = createJoins({ ...dynamo, get }, lineTable);
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

const joins = createJoins(dynamo, lineTable);
/** Of a room that was open for three hours: a list each half minute. */
const LISTS = 360;

test("a buyer's entries in hundreds of lists are found by a few requests, oldest first, each in its lane by now", async () => {
  const saleId = newSaleId(Date.now());
  const [buyerId, other] = [aBuyer(), aBuyer()];
  const entry = { quantity: 1, salt: Buffer.alloc(16, 7), language: "en" } as const;
  const joined = [0, 99, 100, 200, LISTS - 1];
  for (const list of joined) await joins.put(saleId, { ...entry, buyerId, list, lane: 0, why: null });
  await joins.put(saleId, { ...entry, buyerId: other, list: 5, lane: 0, why: null });
  await joins.put(saleId, { ...entry, buyerId, list: 300, lane: 1, why: "no_puzzle" });
  await joins.put(saleId, { ...entry, buyerId, list: 301, lane: 1, why: "no_puzzle" });
  await joins.undoLane(saleId, 301, { buyerId });

  const calls: string[] = [];
  const counted: typeof dynamo = {
    ...dynamo,
    get: (input) => (calls.push("get"), dynamo.get(input)),
    getBatch: (...of) => (calls.push("getBatch"), dynamo.getBatch(...of)),
  };
  const found = await createJoins(counted, lineTable).ofBuyer(saleId, buyerId, LISTS - 1);
  expect(found.map(({ list, lane }) => [list, lane])).toEqual([
    [0, 0],
    [99, 0],
    [100, 0],
    [200, 0],
    [300, 1],
    [301, 0],
    [LISTS - 1, 0],
  ]);
  // What was undone is asked for each entry of lane 1.
  expect(calls.toSorted((a, b) => a.localeCompare(b))).toEqual([
    "get",
    "get",
    ...Array.from({ length: 4 }, () => "getBatch"),
  ]);
  expect(await joins.ofBuyer(saleId, buyerId, 99)).toHaveLength(2);
  expect(await createLineTraces(dynamo, lineTable).entries(saleId, buyerId, LISTS)).toHaveLength(
    found.length,
  );
});

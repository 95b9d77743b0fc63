import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import type { Dynamo } from "./connect.dynamo.ts";
import { readItems } from "./read-items.dynamo.ts";
import { writeItems } from "./write-items.dynamo.ts";

const { ledgerTable, dynamoEndpoint } = await testStores();
const dynamo = testTables(dynamoEndpoint);

const keysOf = (pk: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({ pk, sk: String(n) }));

/** DynamoDB as it is when it is short of capacity: of each batch it looks up so many keys and leaves the rest. */
function busy(keysABatch: number) {
  let asks = 0;
  const client: Dynamo = {
    ...dynamo,
    async getBatch(table, keys) {
      asks++;
      const [some, rest] = [keys.slice(0, keysABatch), keys.slice(keysABatch)];
      const { items, left } = some.length > 0 ? await dynamo.getBatch(table, some) : { items: [], left: [] };
      return { items, left: [...left, ...rest] };
    },
  };
  return { client, asks: () => asks };
}

test("of 250 keys, three requests find those that are there, in their order", async () => {
  const keys = keysOf("many", 250);
  const stored = [0, 99, 100, 199, 249].map((n) => ({ ...keys[n]!, n }));
  await writeItems(dynamo, ledgerTable, stored);
  const { client, asks } = busy(100);
  expect(await readItems(client, ledgerTable, keys)).toEqual(stored);
  expect(asks()).toBe(3);
  expect(await readItems(client, ledgerTable, [])).toEqual([]);
});

test("keys that DynamoDB left are looked up again, until none is left", async () => {
  const keys = keysOf("left", 10);
  await writeItems(dynamo, ledgerTable, keys);
  const { client, asks } = busy(4);
  expect(await readItems(client, ledgerTable, keys)).toEqual(keys);
  expect(asks()).toBe(3);
});

test("what was not looked up is not absent: then nothing is told", async () => {
  const keys = keysOf("unread", 3);
  await expect(readItems(busy(0).client, ledgerTable, keys)).rejects.toThrow("left 3 items");
});

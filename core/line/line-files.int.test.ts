import { randomBytes } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { localTables } from "../../local/aws-clients.ts";
import { testStores } from "../../tests/support/stores.ts";
import { newBuyerId, newSaleId } from "../ids.ts";
import { closeList, listedEntry, rootOfList } from "./closed-list.ts";
import { createLineFiles } from "./line-files.dynamo.ts";
import { leafPartsOf } from "./leaf-parts.ts";
import { leavesKey } from "./line-key.ts";

const PEOPLE = 6_000;
const stores = await testStores();
const dynamo = localTables(stores.dynamoEndpoint);
afterAll(() => dynamo.close());

const saleId = newSaleId(Date.now());
const entryOf = () =>
  listedEntry({ buyerId: newBuyerId(Date.now()), salt: randomBytes(16), lane: 0, quantity: 1 });
const leavesOf = ({ leaves }: { readonly leaves: Buffer }) =>
  Array.from({ length: leaves.length / 32 }, (_, i) => leaves.toString("hex", i * 32, i * 32 + 32));

const closed = closeList(saleId, 0, Array.from({ length: PEOPLE }, entryOf));
const late = leavesOf(closeList(saleId, 0, Array.from({ length: 20 }, entryOf)));
const list = { list: 0, root: rootOfList(closed), count: PEOPLE };
const some = leavesOf(closed).filter((_, i) => i % 300 === 0 || i === PEOPLE - 1);

test("whether an entry stands in a closed list is answered from four kilobytes, however long the list is", async () => {
  let readBytes = 0;
  const counting = {
    ...dynamo,
    get: async (input: Parameters<typeof dynamo.get>[0]) => {
      const answer = await dynamo.get(input);
      readBytes = Math.max(readBytes, JSON.stringify(answer.Item ?? {}).length);
      return answer;
    },
  };
  const files = createLineFiles(counting, stores.lineTable);
  await files.putList(closed, list.root);
  for (const leaf of some) expect(await files.hasLeaf(saleId, list, leaf)).toBe(true);
  for (const leaf of late) expect(await files.hasLeaf(saleId, list, leaf)).toBe(false);
  expect(readBytes).toBeGreaterThan(0);
  expect(readBytes).toBeLessThan(4_096);
});

test("a list that an older version has closed answers from its pages", async () => {
  const files = createLineFiles(dynamo, stores.lineTable);
  await files.putList(closed, list.root);
  for (let part = 0; part < leafPartsOf(PEOPLE); part++)
    await dynamo.delete({ TableName: stores.lineTable, Key: leavesKey(saleId, list, part) });
  for (const leaf of some) expect(await files.hasLeaf(saleId, list, leaf)).toBe(true);
  for (const leaf of late) expect(await files.hasLeaf(saleId, list, leaf)).toBe(false);
});

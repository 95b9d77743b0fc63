import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testDynamo, testTables } from "../../tests/support/test-aws.ts";
import type { Dynamo } from "./connect.dynamo.ts";

const { ledgerTable: TableName, dynamoEndpoint } = await testStores();
const lean = testTables(dynamoEndpoint);

/** The SDK's document client under the same verbs. */
const overSdk = (client: DynamoDBDocumentClient): Dynamo => ({
  put: (input) => client.send(new PutCommand(input)),
  get: (input) => client.send(new GetCommand(input)),
  query: (input) => client.send(new QueryCommand(input)),
  delete: (input) => client.send(new DeleteCommand(input)),
  update: (input) => client.send(new UpdateCommand(input)),
  async putBatch(table, items) {
    const requests = items.map((Item) => ({ PutRequest: { Item } }));
    const answer = await client.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
    return (answer.UnprocessedItems?.[table] ?? []).map((left) => left.PutRequest!.Item!);
  },
  async getBatch(table, keys) {
    const asked = { Keys: [...keys], ConsistentRead: true };
    const answer = await client.send(new BatchGetCommand({ RequestItems: { [table]: asked } }));
    return { items: answer.Responses?.[table] ?? [], left: answer.UnprocessedKeys?.[table]?.Keys ?? [] };
  },
  close: () => {},
});
const sdk = overSdk(testDynamo(dynamoEndpoint));

type Told = { readonly answer: unknown } | { readonly error: unknown };

/** What a client made of a call: the answer without what the SDK adds, or the error by its name and words. */
async function answerOf(call: Promise<object>): Promise<Told> {
  try {
    const { $metadata: _, ...answer } = (await call) as { readonly $metadata?: unknown };
    return { answer };
  } catch (error) {
    const { name, message } = error as Error;
    return { error: { name, message } };
  }
}

/** Both clients tell the same of a call, each on items of its own; answers what. */
async function same(call: (client: Dynamo, own: string) => Promise<object>): Promise<Told> {
  const [ours, theirs] = [await answerOf(call(lean, "lean")), await answerOf(call(sdk, "sdk"))];
  expect(plain(ours, "lean")).toEqual(plain(theirs, "sdk"));
  return ours;
}

/** The told without the owner's name in its keys. */
function plain(value: unknown, own: string): unknown {
  if (typeof value === "string") return value.replaceAll(own, "own");
  if (value instanceof Set) return new Set([...(value as Set<unknown>)].map((member) => plain(member, own)));
  if (Array.isArray(value)) return value.map((member) => plain(member, own));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member, own)]));
}

const everyKind = {
  text: "Käthe 🎉 \u2028",
  empty: "",
  whole: 9_007_199_254_740_991,
  part: -0.000_1,
  yes: true,
  none: null,
  left: undefined,
  list: [1, "two", [null], { three: 3 }],
  map: { a: { b: { c: [] } } },
  texts: new Set(["a", "b"]),
  numbers: new Set([1, 2]),
};

test("an item of every kind comes back alike, whichever client put or got it", async () => {
  await same((client, own) => client.put({ TableName, Item: { pk: own, sk: "kinds", ...everyKind } }));
  const got = await same((client, own) => client.get({ TableName, Key: { pk: own, sk: "kinds" } }));
  const { left: _, ...stored } = everyKind;
  expect(plain(got, "lean")).toEqual(
    plain({ answer: { Item: { pk: "lean", sk: "kinds", ...stored } } }, "lean"),
  );
  const crossed = await answerOf(sdk.get({ TableName, Key: { pk: "lean", sk: "kinds" } }));
  expect(plain(crossed, "lean")).toEqual(plain(got, "lean"));
});

test("bytes, which only the SDK's client can store, are refused and not stored as something else", async () => {
  const Item = { pk: "lean", sk: "bytes", bytes: new Uint8Array([0, 1, 255]) };
  await expect(lean.put({ TableName, Item })).rejects.toMatchObject({ name: "SerializationException" });
});

test("an item that is not there is answered alike", async () => {
  const got = await same((client, own) =>
    client.get({ TableName, Key: { pk: own, sk: "nothing" }, ConsistentRead: true }),
  );
  expect(got).toEqual({ answer: {} });
});

const put = (client: Dynamo, own: string) =>
  client.put({
    TableName,
    Item: { pk: own, sk: "once", n: 1 },
    ConditionExpression: "attribute_not_exists(pk) or n > :n",
    ExpressionAttributeValues: { ":n": 5 },
  });
test("a condition that fails is refused alike, by name", async () => {
  expect(await same(put)).toEqual({ answer: {} });
  expect(await same(put)).toMatchObject({ error: { name: "ConditionalCheckFailedException" } });
});

const remove = (mostN: number) => (client: Dynamo, own: string) =>
  client.delete({
    TableName,
    Key: { pk: own, sk: "gone" },
    ConditionExpression: "attribute_not_exists(pk) or n <= :n",
    ExpressionAttributeValues: { ":n": mostN },
  });
test("an item is removed alike if its condition holds, and once more", async () => {
  await same((client, own) => client.put({ TableName, Item: { pk: own, sk: "gone", n: 2 } }));
  expect(await same(remove(1))).toMatchObject({ error: { name: "ConditionalCheckFailedException" } });
  expect(await same(remove(2))).toEqual({ answer: {} });
  expect(await same(remove(0))).toEqual({ answer: {} });
});

const page = (start?: string) => (client: Dynamo, own: string) =>
  client.query({
    TableName,
    ConsistentRead: true,
    Limit: 3,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": `${own}#pages` },
    ...(start !== undefined && { ExclusiveStartKey: { pk: `${own}#pages`, sk: start } }),
  });
test("pages of a query are the same, and lead to the next", async () => {
  for (let number = 0; number < 5; number++)
    await same((client, own) => client.put({ TableName, Item: { pk: `${own}#pages`, sk: `${number}` } }));
  expect(await same(page())).toMatchObject({
    answer: { Count: 3, LastEvaluatedKey: { pk: "lean#pages", sk: "2" } },
  });
  expect(await same(page("2"))).toMatchObject({ answer: { Count: 2, Items: [{ sk: "3" }, { sk: "4" }] } });
});

const change = (how: string) => (client: Dynamo, own: string) =>
  client.update({
    TableName,
    Key: { pk: own, sk: "set" },
    UpdateExpression: `${how} members :members`,
    ExpressionAttributeValues: { ":members": new Set(["a", "b"]) },
    ReturnValues: "ALL_NEW",
  });
test("an update answers the whole item alike, sets included", async () => {
  expect(await same(change("add"))).toMatchObject({
    answer: { Attributes: { members: new Set(["a", "b"]) } },
  });
  expect(await same(change("delete"))).toEqual({ answer: { Attributes: { pk: "lean", sk: "set" } } });
});

const batch = (count: number) => (client: Dynamo, own: string) =>
  client.putBatch(
    TableName,
    Array.from({ length: count }, (_, n) => ({ pk: `${own}#batch`, sk: `${n}`, n })),
  );
test("25 items are put together; 26 are refused alike", async () => {
  expect(await same(batch(25))).toEqual({ answer: {} });
  expect(await same(batch(26))).toMatchObject({ error: { name: "ValidationException" } });
});

/** They come in no order. */
const read = (count: number) => async (client: Dynamo, own: string) => {
  const keys = Array.from({ length: count }, (_, n) => ({ pk: `${own}#batch`, sk: `${n}` }));
  const { items, left } = await client.getBatch(TableName, keys);
  return { items: items.toSorted((a, b) => Number(a["n"]) - Number(b["n"])), left };
};
test("of 100 keys those that are there are read together; 101 are refused alike", async () => {
  await same(batch(2));
  const told = await same((client, own) =>
    client.getBatch(TableName, [
      { pk: `${own}#batch`, sk: "1" },
      { pk: `${own}#batch`, sk: "not there" },
    ]),
  );
  expect(told).toEqual({ answer: { items: [{ pk: "lean#batch", sk: "1", n: 1 }], left: [] } });
  expect(await same(read(100))).toHaveProperty("answer.items.length", 25);
  expect(await same(read(101))).toMatchObject({ error: { name: "ValidationException" } });
});

test.each([
  ["a table that is not there", { TableName: "none", Item: { pk: "a", sk: "b" } }],
  ["an item without its key", { TableName, Item: { sk: "b" } }],
  ["a condition that cannot be read", { TableName, Item: { pk: "a", sk: "b" }, ConditionExpression: "(" }],
])("%s is refused alike", async (_, input) => {
  expect(await same((client) => client.put(input))).toHaveProperty("error.name");
});

import {
  type AttributeValue,
  CreateTableCommand,
  DeleteTableCommand,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, it, onTestFinished } from "vitest";
import { localDynamo } from "../aws-clients.ts";
import { startDynamo } from "./dynamo.ts";

const TableName = "sales";

it("an item goes by its table's present key, however often the table was deleted and made anew", async () => {
  const store = await startDynamo({ dataDir: null });
  onTestFinished(() => store.stop());
  const client = localDynamo(store.url);
  onTestFinished(() => client.destroy());
  const create = (key: string) =>
    client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: key, AttributeType: "S" }],
        KeySchema: [{ AttributeName: key, KeyType: "HASH" }],
      }),
    );
  const put = (Item: Record<string, AttributeValue>) => client.send(new PutItemCommand({ TableName, Item }));
  // The table is there a moment after it was made.
  const isThere = (key: string) =>
    expect
      .poll(() =>
        put({ [key]: { S: "1" } }).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);

  await create("first");
  await isThere("first");
  await put({ first: { S: "2" } });
  await client.send(new DeleteTableCommand({ TableName }));
  await expect
    .poll(() => put({ first: { S: "3" } }).catch(({ name }: Error) => name))
    .toBe("ResourceNotFoundException");

  await create("second");
  await isThere("second");
  await expect(put({ first: { S: "4" } })).rejects.toThrow("Missing the key second");
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: { second: { S: "1" } } }));
  expect(Item).toEqual({ second: { S: "1" } });
});

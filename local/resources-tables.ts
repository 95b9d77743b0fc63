import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
} from "@aws-sdk/client-dynamodb";
import { localDynamo } from "./aws-clients.ts";

export type Tables = Readonly<Record<"ledgerTable" | "identityTable" | "pictureTable" | "lineTable", string>>;

type Key = { readonly name: string; readonly type: "HASH" | "RANGE" };
const keys = {
  ledger: [
    { name: "pk", type: "HASH" },
    { name: "sk", type: "RANGE" },
  ],
  identity: [{ name: "pk", type: "HASH" }],
  pictures: [{ name: "pk", type: "HASH" }],
  lines: [
    { name: "pk", type: "HASH" },
    { name: "sk", type: "RANGE" },
  ],
} as const satisfies Record<string, readonly Key[]>;

/** Creates the tables, and waits until they can be used. */
export async function createTables(endpoint: string, prefix: string): Promise<Tables> {
  const client = localDynamo(endpoint);
  try {
    const [ledgerTable, identityTable, pictureTable, lineTable] = await Promise.all([
      createTable(client, `${prefix}ledger`, keys.ledger),
      createTable(client, `${prefix}identity`, keys.identity),
      createTable(client, `${prefix}pictures`, keys.pictures),
      createTable(client, `${prefix}lines`, keys.lines),
    ]);
    return { ledgerTable, identityTable, pictureTable, lineTable };
  } finally {
    client.destroy();
  }
}

async function createTable(client: DynamoDBClient, name: string, tableKeys: readonly Key[]): Promise<string> {
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: tableKeys.map((key) => ({ AttributeName: key.name, AttributeType: "S" })),
        KeySchema: tableKeys.map((key) => ({ AttributeName: key.name, KeyType: key.type })),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  const isActive = async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return Table?.TableStatus === "ACTIVE";
  };
  while (!(await isActive())) await sleep(20);
  return name;
}

export async function deleteTables(endpoint: string, names: readonly string[]): Promise<void> {
  const client = localDynamo(endpoint);
  await Promise.all(names.map((TableName) => client.send(new DeleteTableCommand({ TableName }))));
  client.destroy();
}

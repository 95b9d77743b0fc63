import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { type Kysely, sql } from "kysely";
import { afterAll } from "vitest";
import { awsClientSettings } from "../../core/aws/sdk-settings.ts";
import type { Database } from "../../core/postgres/database.ts";
import type { TestStores } from "./stores.ts";

/** The tables of DynamoDB, by a cloud's name for them. */
export const keptTables = ["identityTable", "ledgerTable", "lineTable", "pictureTable"] as const;

/** Reads a cloud's stores whole, past all code of the product. Call it once per file. */
export function storeReader(cloud: TestStores, owner: Kysely<Database>) {
  const dynamo = new DynamoDBClient(awsClientSettings(cloud.dynamoEndpoint));
  afterAll(() => dynamo.destroy());

  async function scan(table: (typeof keptTables)[number]) {
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: cloud[table] }));
    return Items.map((item) => unmarshall(item));
  }

  async function itemsIn(table: (typeof keptTables)[number]): Promise<[string, string]> {
    const items = (await scan(table))
      // What goes by ttl cannot be looked up by person.
      .filter(({ pk }) => !/^(challenge|count)#/.test(String(pk)))
      .map((item) => Object.entries(item).map(([k, v]) => [k, v instanceof Set ? [...v] : v]));
    return [table, JSON.stringify(items)];
  }

  async function rowsIn(table: string): Promise<[string, string]> {
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(owner);
    return [table, JSON.stringify(rows)];
  }

  return {
    scan,
    /** Everything that all tables hold, as one text each. */
    everything: async (): Promise<Record<string, string>> => {
      const { rows } = await sql<{ name: string }>`
        select table_name as name from information_schema.tables where table_schema = 'public'`.execute(
        owner,
      );
      const tables = await Promise.all(rows.map(({ name }) => rowsIn(name)));
      return Object.fromEntries([...tables, ...(await Promise.all(keptTables.map(itemsIn)))]);
    },
  };
}

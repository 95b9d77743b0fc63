import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { sql } from "kysely";
import { afterAll } from "vitest";
import { awsClientSettings } from "../../core/aws/sdk-settings.ts";
import { gateKeys } from "../../core/gate/keys.ts";
import type { SaleId } from "../../core/ids.ts";
import { testSnapshots } from "./sale-snapshot.ts";
import type { TestStores } from "./stores.ts";

/**
 * Where anything of a sale is left: tables of PostgreSQL but that of the rehearsals, keys of its gate, and tables of DynamoDB. Of a sale
 * is what has its id, or the end of it, which each of its orders' ids bears.
 */
export function saleTraces(stores: TestStores & { readonly lineTable: string }) {
  const { db, redis } = testSnapshots(stores);
  const dynamo = new DynamoDBClient(awsClientSettings(stores.dynamoEndpoint));
  afterAll(() => dynamo.destroy());

  return async (saleId: SaleId): Promise<string[]> => {
    const tag = saleId.slice(-8);
    const { rows: tables } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'rehearsals'`.execute(db);
    const inTables = await Promise.all(
      tables.map(async ({ name }) => {
        const { rows } = await sql<{ found: string }>`
          select count(*) as found from ${sql.id(name)} as t where t::text like ${`%${tag}%`}`.execute(db);
        return Number(rows[0]?.found) > 0 ? [name] : [];
      }),
    );
    const keys = await redis.exists(...Object.values(gateKeys(saleId)));
    const inDynamo = await Promise.all(
      [stores.ledgerTable, stores.lineTable, stores.identityTable].map(async (TableName) => {
        let found = 0;
        let start: Record<string, never> | undefined;
        do {
          const page = await dynamo.send(
            new ScanCommand({ TableName, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) }),
          );
          found += (page.Items ?? []).filter((item) => JSON.stringify(item).includes(tag)).length;
          start = page.LastEvaluatedKey as Record<string, never> | undefined;
        } while (start);
        return found > 0 ? [`${found} in ${TableName}`] : [];
      }),
    );
    return [...inTables.flat(), ...(keys > 0 ? ["redis"] : []), ...inDynamo.flat()];
  };
}

import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { Redis } from "ioredis";
import { Client } from "pg";
import { gateKeys } from "../../core/gate/keys.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { localDynamo } from "../../local/aws-clients.ts";
import type { Cloud } from "../../local/cloud.ts";

/** Makes the gate lose one sale, as a failover to an empty replica would. */
export async function forgetSale({ redisUrl }: Cloud, saleId: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.del(...Object.values(gateKeys(saleId as SaleId)));
  redis.disconnect();
}

/** Keeps the consumer from writing rows of a sale until what it answers is called: orders stay accepted. */
export async function holdRows({ databaseUrl }: Cloud, saleId: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("BEGIN");
  await client.query("SELECT FROM sales WHERE id = $1 FOR UPDATE", [saleId]);
  return () => client.end();
}

/** Makes reservations of a sale ones of an epoch that is over, which no gate has marked: those without a row are pending. */
export async function beginEpoch({ dynamoEndpoint, ledgerTable }: Cloud, saleId: string): Promise<void> {
  const client = localDynamo(dynamoEndpoint);
  await client.send(
    new UpdateItemCommand({
      TableName: ledgerTable,
      Key: { pk: { S: "sales" }, sk: { S: saleId } },
      UpdateExpression: "ADD epoch :one",
      ConditionExpression: "attribute_exists(epoch)",
      ExpressionAttributeValues: { ":one": { N: "1" } },
    }),
  );
  client.destroy();
}

/** Uses up what the buyer may have in the merchant's records, behind the gate's back, so that their next order is rejected. */
export async function occupyUnit({ databaseUrl }: Cloud, saleId: string, buyerId: BuyerId): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO buyer_units (sale_id, buyer_id, units, purchase_limit)
       SELECT id, $2, purchase_limit, purchase_limit FROM sales WHERE id = $1`,
      [saleId, buyerId],
    );
  } finally {
    await client.end();
  }
}

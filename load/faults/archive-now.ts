import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { connectDatabase } from "../../core/postgres/connect.postgres.ts";
import { createGate } from "../../core/gate/gate.redis.ts";
import { archiveSale } from "../../core/guardian/archive-sale.ts";
import { findClosedSale } from "../../core/guardian/archive.postgres.ts";
import { createSaleRecords } from "../../core/sale/sale-record.dynamo.ts";
import { localDynamo } from "../../local/aws-clients.ts";
import type { Stage } from "./fault.ts";

/** Archives the sale if it is closed, past the proxies; null: it is not closed. What a guardian does an hour after it was. */
export async function archiveNow({ cloud, crowd }: Stage): Promise<"archived" | "changed" | null> {
  const { databaseUrl, dynamoEndpoint, ledgerTable } = cloud.stores();
  const [db, dynamo] = [
    connectDatabase(databaseUrl),
    DynamoDBDocumentClient.from(localDynamo(dynamoEndpoint)),
  ];
  try {
    const sale = await findClosedSale(db, crowd.saleId);
    const gate = createGate(cloud.redis.node().client);
    const saleRecords = createSaleRecords(dynamo, ledgerTable);
    return sale && (await archiveSale({ db, gate, saleRecords }, sale));
  } finally {
    dynamo.destroy();
    await db.destroy();
  }
}

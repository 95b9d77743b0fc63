import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { SaleId } from "../../core/ids.ts";
import { partitionsOf } from "../../core/reservation/ledger-key.ts";
import { rawGate } from "../gate/gate-keys.ts";
import type { TestStores } from "./stores.ts";
import { testDynamo } from "./test-aws.ts";
import { testRedis } from "./test-redis.ts";
import { testOrders } from "./test-orders.ts";

/** Reads all that the stores hold of a sale, so that a test can say that nothing changed. Call it after `testStores`. */
export function testSnapshots(stores: TestStores) {
  const redis = testRedis(stores);
  const dynamo = testDynamo(stores.dynamoEndpoint);
  const { db, rowsOf, soldOf } = testOrders(stores.databaseUrl);

  const itemsOf = async (pk: string) => {
    const query = {
      TableName: stores.ledgerTable,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
      ConsistentRead: true,
    };
    return (await dynamo.send(new QueryCommand(query))).Items ?? [];
  };
  const ledgerOf = async (saleId: SaleId) =>
    (await Promise.all(partitionsOf(saleId).map(itemsOf))).flat() as { sk: string; state?: string }[];

  return {
    redis,
    db,
    rowsOf,
    soldOf,
    /** Every item of the sale's partitions of the ledger. */
    ledgerOf,
    /** Its reservations alone, without the events and wishes beside them. */
    entriesOf: async (saleId: SaleId) =>
      (await ledgerOf(saleId)).filter(({ sk }) => sk.split("#").length === 2),
    snapshotOf: async (saleId: SaleId) => {
      const reading = db.selectFrom("sales").selectAll().where("id", "=", saleId).executeTakeFirst();
      const copies = (await itemsOf("sales")).filter((item) => item["sk"] === saleId);
      const [gate, ledger, rows, row] = await Promise.all([
        rawGate(redis, saleId),
        ledgerOf(saleId),
        rowsOf(saleId),
        reading,
      ]);
      return { gate, ledger, rows, row: row && changed(row), copies };
    },
  };
}

/** Revisions are given to tries that come to nothing too. */
const changed = <Row extends { readonly revision_given: number }>({ revision_given: _given, ...row }: Row) =>
  row;

import type { Config } from "../config.ts";
import { openDynamo } from "../dynamo/connect.dynamo.ts";
import { createLedger } from "../reservation/ledger.dynamo.ts";
import { createSaleRecords } from "../sale/sale-record.dynamo.ts";

// In one file, and loaded as one: each file that is imported later by itself has the bundler cut what it shares with the start into
// one more file of the start.

export function openLedger(config: Config<"LEDGER_TABLE" | "DYNAMODB_ENDPOINT">) {
  const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
  const client = {
    ledger: createLedger(dynamo, config.LEDGER_TABLE),
    saleRecords: createSaleRecords(dynamo, config.LEDGER_TABLE),
  };
  return { client, close: async () => dynamo.close() };
}

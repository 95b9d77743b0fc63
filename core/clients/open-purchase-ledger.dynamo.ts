import type { Config } from "../config.ts";
import { openDynamo } from "../dynamo/connect.dynamo.ts";
import { createLedger } from "../reservation/ledger.dynamo.ts";
import { createSaleStandings } from "../sale/sale-standing.dynamo.ts";

/** One file for the reason that open-ledger.dynamo.ts gives. */
export function openPurchaseLedger(config: Config<"LEDGER_TABLE" | "DYNAMODB_ENDPOINT">) {
  const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
  const client = {
    ledger: createLedger(dynamo, config.LEDGER_TABLE),
    saleRecords: createSaleStandings(dynamo, config.LEDGER_TABLE),
  };
  return { client, close: async () => dynamo.close() };
}

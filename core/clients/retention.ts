import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { LedgerItems } from "../retention/ledger-items.dynamo.ts";

/** The ledger's items, of which those of old orders are deleted. */
export const ledgerItemsClient = (
  config: Config<"LEDGER_TABLE" | "DYNAMODB_ENDPOINT">,
): Promise<LedgerItems> =>
  once("ledger items", async () => {
    const [{ openDynamo }, { createLedgerItems }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../retention/ledger-items.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    return { client: createLedgerItems(dynamo, config.LEDGER_TABLE), close: async () => dynamo.close() };
  });

import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { GoAsks } from "../preflight/go-asks.dynamo.ts";

/** What the staff is to be asked, in the ledger's table. */
export const goAsksClient = (config: Config<"LEDGER_TABLE" | "DYNAMODB_ENDPOINT">): Promise<GoAsks> =>
  once("go asks", async () => {
    const [{ openDynamo }, { createGoAsks }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../preflight/go-asks.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const client = createGoAsks(dynamo, config.LEDGER_TABLE);
    return { client, close: async () => dynamo.close() };
  });

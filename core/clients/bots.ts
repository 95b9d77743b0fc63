import type { BotRecords } from "../bots/bots.dynamo.ts";
import type { Config } from "../config.ts";
import { once } from "../opened.ts";

/** What is known of joins that may be a bot's, in the table of the lines. */
export const botsClient = (config: Config<"LINE_TABLE" | "DYNAMODB_ENDPOINT">): Promise<BotRecords> =>
  once("bots", async () => {
    const [{ openDynamo }, { createBotRecords }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../bots/bots.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const client = createBotRecords(dynamo, config.LINE_TABLE);
    return { client, close: async () => dynamo.close() };
  });

import type { Config } from "../config.ts";
import type { Results } from "../line/results.dynamo.ts";
import { once } from "../opened.ts";

/** In the table of the lines, who has been told what came of a draw. */
export const resultsClient = (config: Config<"LINE_TABLE" | "DYNAMODB_ENDPOINT">): Promise<Results> =>
  once("results", async () => {
    const [{ openDynamo }, { createResults }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../line/results.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    return { client: createResults(dynamo, config.LINE_TABLE), close: async () => dynamo.close() };
  });

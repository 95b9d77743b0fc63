import type { Config } from "../config.ts";
import type { Joins } from "../line/joins.dynamo.ts";
import type { LineFiles } from "../line/line-files.dynamo.ts";
import type { LineLogs } from "../line/line-log.dynamo.ts";
import { once } from "../opened.ts";

type LineClients = {
  readonly joins: Joins;
  readonly logs: LineLogs;
  readonly files: LineFiles;
};

/** The table of the lines. */
export const lineClients = (config: Config<"LINE_TABLE" | "DYNAMODB_ENDPOINT">): Promise<LineClients> =>
  once("line", async () => {
    const [{ openDynamo }, { createJoins }, { createLineLogs }, { createLineFiles }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../line/joins.dynamo.ts"),
      import("../line/line-log.dynamo.ts"),
      import("../line/line-files.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const table = config.LINE_TABLE;
    const client = {
      joins: createJoins(dynamo, table),
      logs: createLineLogs(dynamo, table),
      files: createLineFiles(dynamo, table),
    };
    return { client, close: async () => dynamo.close() };
  });

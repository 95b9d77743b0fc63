import type { Config } from "../config.ts";
import type { EntryReader } from "../line/entries.dynamo.ts";
import type { LineFiles } from "../line/line-files.dynamo.ts";
import type { LineLogs } from "../line/line-log.dynamo.ts";
import { once } from "../opened.ts";

/** As much of the table of the lines as a purchase in a turn needs. */
export const turnClients = (
  config: Config<"LINE_TABLE" | "DYNAMODB_ENDPOINT">,
): Promise<{ readonly entries: EntryReader; readonly files: LineFiles; readonly logs: LineLogs }> =>
  once("turns", async () => {
    const [{ openDynamo }, { createEntryReader }, { createLineFiles }, { createLineLogs }] =
      await Promise.all([
        import("../dynamo/connect.dynamo.ts"),
        import("../line/entries.dynamo.ts"),
        import("../line/line-files.dynamo.ts"),
        import("../line/line-log.dynamo.ts"),
      ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const table = config.LINE_TABLE;
    const client = {
      entries: createEntryReader(dynamo, table),
      files: createLineFiles(dynamo, table),
      logs: createLineLogs(dynamo, table),
    };
    return { client, close: async () => dynamo.close() };
  });

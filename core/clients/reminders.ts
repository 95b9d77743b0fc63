import type { Config } from "../config.ts";
import type { Reminders } from "../notices/reminders.dynamo.ts";
import { once } from "../opened.ts";

/** In the table of the lines, who wants to be told before a sale opens. */
export const remindersClient = (config: Config<"LINE_TABLE" | "DYNAMODB_ENDPOINT">): Promise<Reminders> =>
  once("reminders", async () => {
    const [{ openDynamo }, { createReminders }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../notices/reminders.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    return { client: createReminders(dynamo, config.LINE_TABLE), close: async () => dynamo.close() };
  });

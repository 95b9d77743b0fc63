import type { Config } from "../config.ts";
import type { Results } from "../line/results.dynamo.ts";
import type { TurnMails } from "../line/turn-mails.dynamo.ts";
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

/** In the same table, who is still to be told by mail that it is their turn. */
export const turnMailsClient = (config: Config<"LINE_TABLE" | "DYNAMODB_ENDPOINT">): Promise<TurnMails> =>
  once("turn mails", async () => {
    const [{ openDynamo }, { createTurnMails }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../line/turn-mails.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    return { client: createTurnMails(dynamo, config.LINE_TABLE), close: async () => dynamo.close() };
  });

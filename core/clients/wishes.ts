import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { OpenWishes } from "../wishes/open-wishes.dynamo.ts";

/** The list of wishes that may not have been decided on yet. */
export const openWishesClient = (config: Config<"LEDGER_TABLE" | "DYNAMODB_ENDPOINT">): Promise<OpenWishes> =>
  once("wishes", async () => {
    const [{ openDynamo }, { createOpenWishes }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../wishes/open-wishes.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    return { client: createOpenWishes(dynamo, config.LEDGER_TABLE), close: async () => dynamo.close() };
  });

import type { Config } from "../config.ts";
import type { GuestLists } from "../guests/guest-list.dynamo.ts";
import { once } from "../opened.ts";

/** The lists of guests, in the table of the lines. */
export const guestsClient = (config: Config<"LINE_TABLE" | "DYNAMODB_ENDPOINT">): Promise<GuestLists> =>
  once("guests", async () => {
    const [{ openDynamo }, { createGuestLists }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../guests/guest-list.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    return { client: createGuestLists(dynamo, config.LINE_TABLE), close: async () => dynamo.close() };
  });

import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { Passkeys } from "../passkeys/passkeys.dynamo.ts";

/** The passkeys, in the table of buyers. */
export const passkeysClient = (config: Config<"IDENTITY_TABLE" | "DYNAMODB_ENDPOINT">): Promise<Passkeys> =>
  once("passkeys", async () => {
    const [{ openDocumentClient }, { createPasskeys }] = await Promise.all([
      import("../dynamo/sdk-client.dynamo.ts"),
      import("../passkeys/passkeys.dynamo.ts"),
    ]);
    const dynamo = openDocumentClient(config.DYNAMODB_ENDPOINT);
    const client = createPasskeys(dynamo, config.IDENTITY_TABLE);
    return { client, close: async () => dynamo.destroy() };
  });

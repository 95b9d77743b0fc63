import type { Config } from "../config.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import type { IdentityStore } from "../identity/identity.dynamo.ts";
import type { Mailboxes } from "../identity/mailbox.dynamo.ts";
import type { Standings } from "../identity/standing.dynamo.ts";
import { once } from "../opened.ts";

type IdentityClients = {
  readonly store: IdentityStore;
  readonly mailboxes: Mailboxes;
  readonly standings: Standings;
  readonly addresses: Addresses;
};

/** The table of buyers and of what it takes to sign in. */
export const identityClient = (
  config: Config<"IDENTITY_TABLE" | "DYNAMODB_ENDPOINT">,
): Promise<IdentityClients> =>
  once("identity", async () => {
    const [
      { openDocumentClient },
      { createAddresses },
      { createIdentityStore },
      { createMailboxes },
      { createStandings },
    ] = await Promise.all([
      import("../dynamo/sdk-client.dynamo.ts"),
      import("../identity/addresses.dynamo.ts"),
      import("../identity/identity.dynamo.ts"),
      import("../identity/mailbox.dynamo.ts"),
      import("../identity/standing.dynamo.ts"),
    ]);
    const dynamo = openDocumentClient(config.DYNAMODB_ENDPOINT);
    const table = config.IDENTITY_TABLE;
    const client = {
      store: createIdentityStore(dynamo, table),
      mailboxes: createMailboxes(dynamo, table),
      standings: createStandings(dynamo, table),
      addresses: createAddresses(dynamo, table),
    };
    return { client, close: async () => dynamo.destroy() };
  });

/** Of the same table, who has which mail address. */
export const addressesClient = (config: Config<"IDENTITY_TABLE" | "DYNAMODB_ENDPOINT">): Promise<Addresses> =>
  once("addresses", async () => {
    const [{ openDocumentClient }, { createAddresses }] = await Promise.all([
      import("../dynamo/sdk-client.dynamo.ts"),
      import("../identity/addresses.dynamo.ts"),
    ]);
    const dynamo = openDocumentClient(config.DYNAMODB_ENDPOINT);
    const client = createAddresses(dynamo, config.IDENTITY_TABLE);
    return { client, close: async () => dynamo.destroy() };
  });

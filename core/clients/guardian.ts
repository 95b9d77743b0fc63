import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { GuardianSigns } from "../guardian/guardian-signs.dynamo.ts";
import type { GuardianLease } from "../guardian/lease.dynamo.ts";
import { once } from "../opened.ts";

type TableConfig = Config<"LEDGER_TABLE" | "DYNAMODB_ENDPOINT">;
type LeaseOf = (owner: string, clock: Clock) => GuardianLease;
type GuardianClients = { readonly leaseOf: LeaseOf; readonly signs: GuardianSigns };

/** What the guardians keep in the ledger's table: their lease and their signs of life. */
export const guardianClients = (config: TableConfig): Promise<GuardianClients> =>
  once("guardian", async () => {
    const [{ openDocumentClient }, { createLease }, { createGuardianSigns }] = await Promise.all([
      import("../dynamo/sdk-client.dynamo.ts"),
      import("../guardian/lease.dynamo.ts"),
      import("../guardian/guardian-signs.dynamo.ts"),
    ]);
    const dynamo = openDocumentClient(config.DYNAMODB_ENDPOINT);
    const leaseOf = (owner: string, clock: Clock) => createLease(dynamo, config.LEDGER_TABLE, owner, clock);
    const signs = createGuardianSigns(dynamo, config.LEDGER_TABLE);
    return { client: { leaseOf, signs }, close: async () => dynamo.destroy() };
  });

import type { BeaconRecords } from "../beacon/beacon.dynamo.ts";
import type { BeaconChain } from "../beacon/chain.ts";
import type { Config } from "../config.ts";
import { once } from "../opened.ts";

/** Which rounds of the beacon are needed, and the signatures that came; in the ledger's table. */
export const beaconClient = (
  config: Config<"LEDGER_TABLE" | "DYNAMODB_ENDPOINT">,
  chain: BeaconChain,
): Promise<BeaconRecords> =>
  once("beacon", async () => {
    const [{ openDynamo }, { createBeaconRecords }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../beacon/beacon.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const client = createBeaconRecords(dynamo, config.LEDGER_TABLE, chain.hash);
    return { client, close: async () => dynamo.close() };
  });

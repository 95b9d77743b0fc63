import type { Config } from "../config.ts";
import type { EvidenceKeyStore } from "../evidence/evidence-keys.dynamo.ts";
import { once } from "../opened.ts";

/** The public keys of evidence, in the ledger's table. */
export const evidenceKeysClient = (
  config: Config<"LEDGER_TABLE" | "DYNAMODB_ENDPOINT">,
): Promise<EvidenceKeyStore> =>
  once("evidence keys", async () => {
    const [{ openDynamo }, { createEvidenceKeyStore }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../evidence/evidence-keys.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    return {
      client: createEvidenceKeyStore(dynamo, config.LEDGER_TABLE),
      close: async () => dynamo.close(),
    };
  });

import type { Config } from "../config.ts";
import { openDynamo } from "../dynamo/connect.dynamo.ts";
import { createRevocationStore } from "./revocations.dynamo.ts";

/** One file for the reason that core/clients/open-ledger.dynamo.ts gives. */
export function openRevocations(config: Config<"IDENTITY_TABLE" | "DYNAMODB_ENDPOINT">) {
  const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
  return { client: createRevocationStore(dynamo, config.IDENTITY_TABLE), close: async () => dynamo.close() };
}

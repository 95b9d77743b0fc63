import { listApiKeys } from "../../core/api-keys/api-keys.postgres.ts";
import { addressesClient } from "../../core/clients/identity.ts";
import { loadConfig } from "../../core/config.ts";
import { endpoint } from "../compose/endpoint.ts";
import { endpointAct } from "../compose/webhooks.ts";

const config = loadConfig(["IDENTITY_TABLE", "DYNAMODB_ENDPOINT"]);

export const handler = endpoint("apiKeys", async (request) => {
  const [{ db }, addresses] = await Promise.all([endpointAct(request), addressesClient(config)]);
  return { status: 200, body: { keys: await listApiKeys(db, addresses) } };
});

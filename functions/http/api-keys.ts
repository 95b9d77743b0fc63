import { listApiKeys } from "../../core/api-keys/api-keys.postgres.ts";
import { endpoint } from "../compose/endpoint.ts";
import { endpointAct } from "../compose/webhooks.ts";

export const handler = endpoint("apiKeys", async (request) => {
  const { db } = await endpointAct(request);
  return { status: 200, body: { keys: await listApiKeys(db) } };
});

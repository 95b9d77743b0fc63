import { createApiKey, MOST_KEYS } from "../../core/api-keys/api-keys.postgres.ts";
import { addressesClient } from "../../core/clients/identity.ts";
import { loadConfig } from "../../core/config.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { endpointAct } from "../compose/webhooks.ts";

const config = loadConfig(["IDENTITY_TABLE", "DYNAMODB_ENDPOINT"]);

export const handler = endpoint("createApiKey", async (request) => {
  const { db, ...by } = await endpointAct(request);
  const made = await createApiKey(db, request.body, by, await addressesClient(config));
  if (made === "too_many")
    return refuse("conflict", { detail: `There are ${MOST_KEYS} keys: revoke one first` });
  if (made === "over")
    return refuse("invalid_request", { errors: [{ field: "expiresAt", message: "must be in the future" }] });
  return { status: 201, body: made };
});

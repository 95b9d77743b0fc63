import { createApiKey, MOST_KEYS } from "../../core/api-keys/api-keys.postgres.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { endpointAct } from "../compose/webhooks.ts";

export const handler = endpoint("createApiKey", async (request) => {
  const { db, ...by } = await endpointAct(request);
  const made = await createApiKey(db, request.body, by);
  if (made === "too_many")
    return refuse("conflict", { detail: `There are ${MOST_KEYS} keys: revoke one first` });
  if (made === "over")
    return refuse("invalid_request", { errors: [{ field: "expiresAt", message: "must be in the future" }] });
  return { status: 201, body: made };
});

import { revokeApiKey } from "../../core/api-keys/api-keys.postgres.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { endpointAct } from "../compose/webhooks.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("revokeApiKey", async (request) => {
  const id = readPathId(request.event, "keyId");
  const { db, ...by } = await endpointAct(request);
  return (await revokeApiKey(db, id, by))
    ? { status: 204 }
    : refuse("not_found", { detail: "There is no such key that is good" });
});

import { deleteEndpoint } from "../../core/webhooks/administer-endpoints.ts";
import { endpoint } from "../compose/endpoint.ts";
import { endpointAct, noEndpoint } from "../compose/webhooks.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("deleteWebhookEndpoint", async (request) => {
  const id = readPathId(request.event, "endpointId");
  return (await deleteEndpoint(await endpointAct(request), id)) ? { status: 204 } : noEndpoint();
});

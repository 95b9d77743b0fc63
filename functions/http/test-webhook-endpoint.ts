import { testEndpoint } from "../../core/webhooks/administer-endpoints.ts";
import { endpoint } from "../compose/endpoint.ts";
import { endpointAct, noEndpoint } from "../compose/webhooks.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("testWebhookEndpoint", async (request) => {
  const id = readPathId(request.event, "endpointId");
  const sent = await testEndpoint(await endpointAct(request), id);
  return sent ? { status: 202, body: sent } : noEndpoint();
});

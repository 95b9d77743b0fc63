import { changeEndpoint } from "../../core/webhooks/administer-endpoints.ts";
import { endpoint } from "../compose/endpoint.ts";
import { answerEndpoint, endpointAct, noEndpoint, refuseUrl } from "../compose/webhooks.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("changeWebhookEndpoint", async (request) => {
  const id = readPathId(request.event, "endpointId");
  const wrong = refuseUrl(request.body.url);
  if (wrong) return wrong;
  const act = await endpointAct(request);
  return (await changeEndpoint(act, id, request.body)) ? answerEndpoint(act, id) : noEndpoint();
});

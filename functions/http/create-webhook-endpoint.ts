import { loadConfig } from "../../core/config.ts";
import { addEndpoint, MOST_ENDPOINTS } from "../../core/webhooks/administer-endpoints.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { answerSecret, endpointAct, refuseUrl } from "../compose/webhooks.ts";

const config = loadConfig(["WEBHOOK_SEAL"]);

export const handler = endpoint("createWebhookEndpoint", async (request) => {
  const wrong = refuseUrl(request.body.url);
  if (wrong) return wrong;
  const act = await endpointAct(request);
  const added = await addEndpoint(act, request.body, config.WEBHOOK_SEAL);
  if (added === "too_many")
    return refuse("conflict", { detail: `There are ${MOST_ENDPOINTS} endpoints: delete one first` });
  return answerSecret(act, added.endpointId, added.secret);
});

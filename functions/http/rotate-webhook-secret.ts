import { loadConfig } from "../../core/config.ts";
import { rotateSecret } from "../../core/webhooks/administer-endpoints.ts";
import { endpoint } from "../compose/endpoint.ts";
import { answerSecret, endpointAct, noEndpoint } from "../compose/webhooks.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["WEBHOOK_SEAL"]);

export const handler = endpoint("rotateWebhookSecret", async (request) => {
  const id = readPathId(request.event, "endpointId");
  const act = await endpointAct(request);
  const { overlapHours } = request.body;
  const secret = await rotateSecret(act, id, { overlapHours, sealingKey: config.WEBHOOK_SEAL });
  return secret === null ? noEndpoint() : answerSecret(act, id, secret);
});

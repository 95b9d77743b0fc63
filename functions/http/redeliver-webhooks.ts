import { redeliver } from "../../core/webhooks/delivery-log.postgres.ts";
import { endpoint } from "../compose/endpoint.ts";
import { endpointAct, noEndpoint } from "../compose/webhooks.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("redeliverWebhooks", async (request) => {
  const id = readPathId(request.event, "endpointId");
  const { db, ...by } = await endpointAct(request);
  const deliveries = await redeliver(db, id, request.body, by);
  return deliveries === null ? noEndpoint() : { status: 202, body: { deliveries } };
});

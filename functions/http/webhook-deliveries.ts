import { readDeliveries } from "../../core/webhooks/delivery-log.postgres.ts";
import { findEndpoint } from "../../core/webhooks/endpoints.postgres.ts";
import { endpoint } from "../compose/endpoint.ts";
import { endpointAct, noEndpoint } from "../compose/webhooks.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("webhookDeliveries", async (request) => {
  const id = readPathId(request.event, "endpointId");
  const { db } = await endpointAct(request);
  if (!(await findEndpoint(db, id))) return noEndpoint();
  return { status: 200, body: await readDeliveries(db, id, request.query) };
});

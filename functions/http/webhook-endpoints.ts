import { listEndpoints } from "../../core/webhooks/endpoints.postgres.ts";
import { endpoint } from "../compose/endpoint.ts";
import { endpointAct } from "../compose/webhooks.ts";

export const handler = endpoint("webhookEndpoints", async (request) => {
  const { db } = await endpointAct(request);
  return { status: 200, body: { endpoints: await listEndpoints(db) } };
});

import { endpoint } from "../compose/endpoint.ts";

export const handler = endpoint("health", async () => ({ status: 200, body: { status: "ok" } }));

import { endpoint } from "../compose/endpoint.ts";

export const handler = endpoint("session", async ({ session: { buyerId, role, expiresAtMs } }) => ({
  status: 200,
  body: { buyerId, role, expiresAt: new Date(expiresAtMs).toISOString() },
}));

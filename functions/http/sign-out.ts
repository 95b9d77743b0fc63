import { endpoint } from "../compose/endpoint.ts";
import { endSession } from "../request/end-session.ts";

export const handler = endpoint("signOut", async ({ event }) => ({
  status: 204,
  cookies: await endSession(event),
}));

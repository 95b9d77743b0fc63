import { endpoint } from "../endpoint.ts";
import { endSession } from "../sign-out.ts";

export const handler = endpoint("signOut", async ({ event }) => ({
  status: 204,
  cookies: [await endSession(event)],
}));

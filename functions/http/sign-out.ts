import { loadConfig } from "../../core/config.ts";
import { endpoint } from "../compose/endpoint.ts";
import { sessionCookie } from "../request/session-cookie.ts";

const { STAGE } = loadConfig([]);

export const handler = endpoint("signOut", async () => ({
  status: 204,
  cookies: [sessionCookie(STAGE, "", 0)],
}));

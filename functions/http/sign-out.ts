import { loadConfig } from "../../core/config.ts";
import { endpoint } from "../endpoint.ts";
import { sessionCookie } from "../session-cookie.ts";

const { STAGE } = loadConfig([]);

export const handler = endpoint("signOut", async () => ({
  status: 204,
  cookies: [sessionCookie(STAGE, "", 0)],
}));

import { sessionView } from "../answer/session-view.ts";
import { endpoint } from "../compose/endpoint.ts";

export const handler = endpoint("session", async ({ session }) => ({
  status: 200,
  body: sessionView(session),
}));

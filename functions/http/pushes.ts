import { endpoint } from "../compose/endpoint.ts";
import { publicKey, pushes, pushView, stage } from "../compose/pushes.ts";
import { readPushCookie } from "../request/push-cookie.ts";

export const handler = endpoint("pushes", async ({ event, session }) => {
  const own = readPushCookie(event, stage);
  const all = await (await pushes()).of(session.buyerId);
  return { status: 200, body: { publicKey, subscriptions: all.map((push) => pushView(push, own)) } };
});

import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { pushes, stage } from "../compose/pushes.ts";
import { pushCookie, readPushCookie } from "../request/push-cookie.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("removePush", async ({ event, session }) => {
  const pushId = readPathId(event, "pushId");
  const isGone = await (await pushes()).remove(pushId, session.buyerId);
  const isOwn = readPushCookie(event, stage) === pushId;
  const cookies = isOwn ? { cookies: [pushCookie(stage, "", 0)] } : {};
  return isGone
    ? { status: 204, ...cookies }
    : { ...refuse("not_found", { detail: "You have no such browser" }), ...cookies };
});

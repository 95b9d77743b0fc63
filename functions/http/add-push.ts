import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { parsePushServices, pushIdOf, wrongEndpoint } from "../../core/push/push-service.ts";
import { KEEP_PUSH_SECONDS } from "../../core/push/subscriptions.dynamo.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { pushes, pushView, stage } from "../compose/pushes.ts";
import { pushCookie } from "../request/push-cookie.ts";

const services = parsePushServices(loadConfig(["PUSH_SERVICES"]).PUSH_SERVICES);

export const handler = endpoint("addPush", async ({ body, session: { buyerId, expiresAtMs } }) => {
  const { endpoint: at, keys, language } = body;
  const message = wrongEndpoint(at, services, stage === "local");
  if (message !== null) return refuse("invalid_request", { errors: [{ field: "endpoint", message }] });
  const pushId = pushIdOf(at);
  const createdAtMs = systemClock.nowMs();
  const of = { pushId, buyerId, endpoint: at, ...keys, language };
  const push = { ...of, createdAtMs, sessionUntilMs: expiresAtMs };
  if (!(await (await pushes()).add(push)))
    return refuse("conflict", { detail: "So many browsers are told already: switch one off first" });
  return {
    status: 201,
    body: pushView(push, pushId),
    cookies: [pushCookie(stage, pushId, KEEP_PUSH_SECONDS)],
  };
});

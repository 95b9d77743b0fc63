import { systemClock } from "../../core/clock.ts";
import { issueSession, SESSION_SECONDS } from "../../core/identity/session.ts";
import { signIn } from "../../core/identity/sign-in.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { sessionView } from "../answer/session-view.ts";
import { sessionCookie } from "../request/session-cookie.ts";
import { signer, signInDependencies, stage } from "../compose/sign-in-dependencies.ts";

export const handler = endpoint("signIn", async ({ body }) => {
  const session = await signIn(await signInDependencies(), body, systemClock.nowMs());
  if (!session)
    return refuse("unauthenticated", { detail: "The code is wrong, used, or too old: ask for a new one" });
  const token = issueSession(signer, session);
  const view = sessionView(session);
  return body.transport === "bearer"
    ? { status: 200, body: { ...view, token } }
    : { status: 200, body: view, cookies: [sessionCookie(stage, token, SESSION_SECONDS)] };
});

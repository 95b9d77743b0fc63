import { systemClock } from "../../core/clock.ts";
import { issueSession } from "../../core/identity/session.ts";
import { signIn } from "../../core/identity/sign-in.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { sessionView } from "../answer/session-view.ts";
import { beginSession } from "../request/begin-session.ts";
import { signer, signInDependencies } from "../compose/sign-in-dependencies.ts";

export const handler = endpoint("signIn", async ({ event, body }) => {
  const session = await signIn(await signInDependencies(), body, systemClock.nowMs());
  if (!session)
    return refuse("unauthenticated", { detail: "The code is wrong, used, or too old: ask for a new one" });
  const view = sessionView(session);
  return body.transport === "bearer"
    ? { status: 200, body: { ...view, token: issueSession(signer, session) } }
    : { status: 200, body: view, cookies: await beginSession(event, session) };
});

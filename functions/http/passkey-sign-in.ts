import { systemClock } from "../../core/clock.ts";
import { issueSession, SESSION_SECONDS } from "../../core/identity/session.ts";
import { signInByPasskey } from "../../core/passkeys/passkeys.ts";
import { refuse } from "../answer/answer.ts";
import { sessionView } from "../answer/session-view.ts";
import { endpoint } from "../compose/endpoint.ts";
import { passkeyDependencies, signer, stage } from "../compose/passkeys.ts";
import { sessionCookie } from "../request/session-cookie.ts";

export const handler = endpoint("passkeySignIn", async ({ event, body }) => {
  const deps = await passkeyDependencies(event);
  const session = await signInByPasskey(deps, body.response, systemClock.nowMs());
  if (!session)
    return refuse("unauthenticated", { detail: "This passkey is not known here, or took too long" });
  const token = issueSession(signer, session);
  const view = sessionView(session);
  return body.transport === "bearer"
    ? { status: 200, body: { ...view, token } }
    : { status: 200, body: view, cookies: [sessionCookie(stage, token, SESSION_SECONDS)] };
});

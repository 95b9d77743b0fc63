import { systemClock } from "../../core/clock.ts";
import { issueSession } from "../../core/identity/session.ts";
import { signInByPasskey } from "../../core/passkeys/passkeys.ts";
import { refuse } from "../answer/answer.ts";
import { sessionView } from "../answer/session-view.ts";
import { endpoint } from "../compose/endpoint.ts";
import { passkeyDependencies, signer } from "../compose/passkeys.ts";
import { beginSession } from "../request/begin-session.ts";

export const handler = endpoint("passkeySignIn", async ({ event, body }) => {
  const deps = await passkeyDependencies(event);
  const session = await signInByPasskey(deps, body.response, systemClock.nowMs());
  if (!session)
    return refuse("unauthenticated", { detail: "This passkey is not known here, or took too long" });
  const view = sessionView(session);
  return body.transport === "bearer"
    ? { status: 200, body: { ...view, token: issueSession(signer, session) } }
    : { status: 200, body: view, cookies: await beginSession(event, session) };
});

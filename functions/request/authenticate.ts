import { loadConfig } from "../../core/config.ts";
import { isSessionEnded } from "../../core/identity/revocations-client.ts";
import { refuse } from "../answer/answer.ts";
import { systemClock } from "../../core/clock.ts";
import { type Session, sessionSigner, verifySession } from "../../core/identity/session.ts";
import { Refused } from "./request.ts";
import type { Credential } from "./session-cookie.ts";

export type Authenticate = (credential: Credential | null) => Promise<Session>;

/** Reads tokens of this stage, whether or not their sessions were ended. */
export function tokenReader() {
  const config = loadConfig(["SESSION_SECRET", "IDENTITY_TABLE", "DYNAMODB_ENDPOINT"]);
  const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);
  const read = (credential: Credential | null) =>
    credential && verifySession(signer, credential.token, systemClock.nowMs());
  return { config, signer, read };
}

/** The session of a credential; null: none, or one that was ended, as far as this instance knows (see revocations.ts). */
export function sessionReader(): (credential: Credential | null) => Promise<Session | null> {
  const { config, read } = tokenReader();
  return async (credential) => {
    const session = read(credential);
    return session && !(await isSessionEnded(config, session.sessionId)) ? session : null;
  };
}

/** Lets in whoever has a session. @throws Refused everybody else. */
export function shopperAuthentication(): Authenticate {
  const read = sessionReader();
  return async (credential) => {
    const session = await read(credential);
    if (!session) throw new Refused(refuse("unauthenticated"));
    return session;
  };
}

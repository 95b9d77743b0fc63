import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import type { Role } from "../../core/contract/identity.ts";
import { isSessionEnded, revocationStore } from "../../core/identity/revocations-client.ts";
import { isAllowed, type Session, sessionSigner, verifySession } from "../../core/identity/session.ts";
import { parseStaff, roleNow, staffMark } from "../../core/identity/staff.ts";
import { refuse } from "../answer/answer.ts";
import { Refused } from "./request.ts";
import type { Credential } from "./session-cookie.ts";

type Authenticate = (credential: Credential | null) => Promise<Session>;

function tokenReader() {
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

/**
 * Lets in whoever has a role at this moment: whether the session was ended is looked up each time, and the role is what
 * STAFF says now, or what the session began with if that is less. @throws Refused everybody else; whatever the table throws.
 */
export function staffAuthentication(least: Role): Authenticate {
  const { config, signer, read } = tokenReader();
  const { STAFF } = loadConfig(["STAFF"]);
  const rolesByMark = new Map(
    [...parseStaff(STAFF)].map(([email, role]) => [staffMark(signer.key, email), role] as const),
  );
  return async (credential) => {
    const session = read(credential);
    if (!session) throw new Refused(refuse("unauthenticated"));
    const role = roleNow(session, rolesByMark);
    if (!isAllowed(role, least)) throw new Refused(refuse("forbidden"));
    const ended = await (await revocationStore(config)).ofStaff();
    if (ended.has(session.sessionId)) throw new Refused(refuse("unauthenticated"));
    return { ...session, role };
  };
}

import { loadConfig } from "../../core/config.ts";
import type { Role } from "../../core/contract/identity.ts";
import { revocationStore } from "../../core/identity/revocations-client.ts";
import { isAllowed } from "../../core/identity/session.ts";
import { parseStaff, roleNow, staffMark } from "../../core/identity/staff.ts";
import { refuse } from "../answer/answer.ts";
import { type Authenticate, tokenReader } from "./authenticate.ts";
import { Refused } from "./request.ts";

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

import { staffRollsClient } from "../../core/clients/staff-rolls.ts";
import { loadConfig } from "../../core/config.ts";
import type { Role } from "../../core/contract/identity.ts";
import { revocationStore } from "../../core/identity/revocations-client.ts";
import { isAllowed } from "../../core/identity/session.ts";
import { byMark, parseStaff, roleNow } from "../../core/identity/staff.ts";
import { rolesOf } from "../../core/identity/staff-roll.ts";
import { refuse } from "../answer/answer.ts";
import { type Authenticate, tokenReader } from "./authenticate.ts";
import { Refused } from "./request.ts";

/**
 * Lets in whoever has a role at this moment: whether the session was ended and which role is held is looked up each time. The
 * role is what STAFF or the console's roll says now, or what the session began with if that is less. @throws Refused everybody
 * else; whatever the table throws.
 */
export function staffAuthentication(least: Role): Authenticate {
  const { config, signer, read } = tokenReader();
  const { STAFF } = loadConfig(["STAFF"]);
  const fixed = parseStaff(STAFF);
  const rolesNow = async () => {
    const roles = rolesOf(await (await staffRollsClient(config)).read(), fixed);
    return byMark(signer.key, roles);
  };
  return async (credential) => {
    const session = read(credential);
    if (!session) throw new Refused(refuse("unauthenticated"));
    // Whoever signed in as less is asked nothing more.
    if (!isAllowed(session.role, least)) throw new Refused(refuse("forbidden"));
    const [ended, held] = await Promise.all([
      revocationStore(config).then((store) => store.ofStaff()),
      session.staffMark === undefined ? new Map<string, Role>() : rolesNow(),
    ]);
    if (ended.has(session.sessionId)) throw new Refused(refuse("unauthenticated"));
    const role = roleNow(session, held);
    if (!isAllowed(role, least)) throw new Refused(refuse("forbidden"));
    return { ...session, role };
  };
}

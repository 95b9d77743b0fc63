import type { SessionView } from "../../core/contract/identity.ts";
import type { NewSession } from "../../core/identity/session.ts";

/** A session as its owner may see it. */
export const sessionView = ({ buyerId, role, expiresAtMs, signedInAs }: NewSession): SessionView => ({
  buyerId,
  role,
  expiresAt: new Date(expiresAtMs).toISOString(),
  ...(signedInAs !== undefined && { signedInAs }),
});

import type { Grant } from "./grants.ts";
import { stage } from "./stage.ts";

/** A stage that has no sign-in of the merchant's own needs no secret. */
const NOT_SET = "not-set";

/** The merchant's own sign-in; its functions are in no network, since ours has no way out to it. `sst secret set OpenidClientSecret …`. */
export function createOpenId() {
  const secrets = [new sst.Secret("OpenidClientSecret", NOT_SET)];
  const grants = {
    openid: {
      secrets,
      environment: { OPENID_ISSUER: stage.openId.issuer, OPENID_CLIENT_ID: stage.openId.clientId },
    },
  } satisfies Record<string, Grant>;
  return { grants };
}

export type OpenId = ReturnType<typeof createOpenId>;

import { roleOfKey } from "../../core/api-keys/api-key.ts";
import { useApiKey } from "../../core/api-keys/api-keys.postgres.ts";
import { databaseClient } from "../../core/clients/database.ts";
import { loadConfig } from "../../core/config.ts";
import type { Scope } from "../../core/contract/api-keys.ts";
import type { BuyerId } from "../../core/ids.ts";
import { answerRateLimited, refuse } from "../answer/answer.ts";
import type { Authenticate } from "./authenticate.ts";
import { Refused } from "./request.ts";

/**
 * Lets in API keys of a scope, each as an actor of its own whose id is the key's. @throws Refused everybody else, and a key that
 * calls too often.
 */
export function keyAuthentication(scope: Scope): Authenticate {
  const config = loadConfig(["DATABASE_URL"]);
  return async (credential) => {
    const use = await useApiKey(await databaseClient(config), credential?.token ?? "");
    switch (use.kind) {
      case "unknown":
        throw new Refused(refuse("unauthenticated"));
      case "rate_limited":
        throw new Refused(answerRateLimited(use.retryAfterMs));
      case "known":
        if (!use.scopes.includes(scope))
          throw new Refused(refuse("forbidden", { detail: `This key needs the scope ${scope}` }));
        return {
          sessionId: use.keyId,
          // The audit log knows by its prefix that no person did this.
          buyerId: use.keyId as string as BuyerId,
          role: roleOfKey(scope, use.scopes),
          expiresAtMs: Number.MAX_SAFE_INTEGER,
        };
      default:
        return use satisfies never;
    }
  };
}

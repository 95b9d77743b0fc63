import type { Role } from "../core/contract/identity.ts";
import { type BuyerId, newBuyerId } from "../core/ids.ts";
import { issueSession, SESSION_SECONDS, sessionSigner } from "../core/identity/session.ts";
import { LOCAL_SESSION_SECRET } from "../local/environment.ts";

export type SignedIn = { readonly buyerId: BuyerId; readonly token: string };

const signer = sessionSigner(LOCAL_SESSION_SECRET, "local");

/**
 * Somebody signed in to the local cloud, without the code by e-mail.
 *
 * Fair for load: buyers sign in before a sale opens, so it is no part of what a crowd does at the opening; the token is
 * the one that signing in would give, and the API checks it as any other. Other stages have other secrets.
 */
export function localSession(role: Role = "shopper"): SignedIn {
  const nowMs = Date.now();
  const buyerId = newBuyerId(nowMs);
  return {
    buyerId,
    token: issueSession(signer, { buyerId, role, expiresAtMs: nowMs + SESSION_SECONDS * 1000 }),
  };
}

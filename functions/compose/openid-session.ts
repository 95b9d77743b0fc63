import { identityClient } from "../../core/clients/identity.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import type { Language } from "../../core/contract/language.ts";
import { parseProviders } from "../../core/identity/aliases.ts";
import { sourceOf } from "../../core/identity/network.ts";
import { signInVouched } from "../../core/identity/vouched-sign-in.ts";
import type { Flow } from "../../core/openid/flow.ts";
import { signer } from "./openid.ts";

const config = loadConfig(["IDENTITY_TABLE", "DYNAMODB_ENDPOINT", "MAILBOX_PROVIDERS"]);
const providers = parseProviders(config.MAILBOX_PROVIDERS);

const WINDOW_SECONDS = 10 * 60;
/** Returns of one source, each of which asks the merchant's provider; a hundred colleagues sit behind one address. */
const MOST_RETURNS = 400;

export type ReturnAdmission =
  | { readonly kind: "admitted"; readonly takeBack: () => Promise<void> }
  | { readonly kind: "used" }
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number };

/** Whether a return is asked of the provider: each flow once, and so many of one source. `takeBack`: nobody answered it. */
export async function admitReturn(
  { state, expiresAtMs }: Pick<Flow, "state" | "expiresAtMs">,
  source: string,
): Promise<ReturnAdmission> {
  const [{ store }, nowMs] = [await identityClient(config), systemClock.nowMs()];
  if (config.STAGE !== "local") {
    const { count } = await store.count(`returns#${sourceOf(source)}`, WINDOW_SECONDS, nowMs);
    const retryAfterMs = WINDOW_SECONDS * 1_000 - (nowMs % (WINDOW_SECONDS * 1_000));
    if (count > MOST_RETURNS) return { kind: "rate_limited", retryAfterMs };
  }
  // In the window in which the flow ends, whenever it comes: so each comes to the same count.
  const { count, key } = await store.count(`flow#${state}`, WINDOW_SECONDS, expiresAtMs);
  return count > 1 ? { kind: "used" } : { kind: "admitted", takeBack: () => store.uncount(key) };
}

/** A session for who the merchant's provider vouches for. */
export async function signInAs(email: string, language: Language) {
  const { store, addresses } = await identityClient(config);
  const deps = { store, addresses, providers, key: signer.key };
  return signInVouched(deps, { email, language }, systemClock.nowMs());
}

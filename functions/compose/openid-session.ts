import { identityClient } from "../../core/clients/identity.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import type { Language } from "../../core/contract/language.ts";
import { parseProviders } from "../../core/identity/aliases.ts";
import { signInVouched } from "../../core/identity/vouched-sign-in.ts";
import { signer } from "./openid.ts";

const config = loadConfig(["IDENTITY_TABLE", "DYNAMODB_ENDPOINT", "MAILBOX_PROVIDERS"]);
const providers = parseProviders(config.MAILBOX_PROVIDERS);

/** A session for who the merchant's provider vouches for. */
export async function signInAs(email: string, language: Language) {
  const { store, addresses } = await identityClient(config);
  const deps = { store, addresses, providers, key: signer.key };
  return signInVouched(deps, { email, language }, systemClock.nowMs());
}

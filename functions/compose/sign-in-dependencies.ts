import { identityClient, mailClient } from "../../core/clients.ts";
import { loadConfig } from "../../core/config.ts";
import { parseProviders } from "../../core/identity/aliases.ts";
import { measure } from "../../core/metrics.ts";
import { parseStaff } from "../../core/identity/staff.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import type { SignInDependencies } from "../../core/identity/sign-in.ts";

const config = loadConfig([
  "IDENTITY_TABLE",
  "DYNAMODB_ENDPOINT",
  "MAIL_FROM",
  "SES_ENDPOINT",
  "SESSION_SECRET",
  "STAFF",
  "MAILBOX_PROVIDERS",
]);

export const stage = config.STAGE;
export const signer = sessionSigner(config.SESSION_SECRET, stage);
const staff = parseStaff(config.STAFF);
const providers = parseProviders(config.MAILBOX_PROVIDERS);

/** What both steps of signing in work with. */
export async function signInDependencies(): Promise<SignInDependencies> {
  const [identity, sendMail] = await Promise.all([identityClient(config), mailClient(config)]);
  return {
    ...identity,
    sendMail,
    key: signer.key,
    staff,
    providers,
    limitsSources: stage !== "local",
    measure,
  };
}

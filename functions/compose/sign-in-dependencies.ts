import { identityClient } from "../../core/clients/identity.ts";
import { staffRollsClient } from "../../core/clients/staff-rolls.ts";
import { mailClient } from "../../core/clients/mail.ts";
import { loadConfig } from "../../core/config.ts";
import { readShop, shopNames } from "../../core/contract/shop.ts";
import { parseProviders } from "../../core/identity/aliases.ts";
import { measure } from "../../core/metrics.ts";
import { parseStaff } from "../../core/identity/staff.ts";
import { rolesOf } from "../../core/identity/staff-roll.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import type { SignInDependencies } from "../../core/identity/sign-in.ts";
import { mailsIn } from "../../web/texts/mails.ts";

const config = loadConfig([
  "IDENTITY_TABLE",
  "DYNAMODB_ENDPOINT",
  "MAIL_FROM",
  "SES_ENDPOINT",
  "SESSION_SECRET",
  "STAFF",
  ...shopNames,
  "MAILBOX_PROVIDERS",
]);

export const stage = config.STAGE;
export const signer = sessionSigner(config.SESSION_SECRET, stage);
const staff = parseStaff(config.STAFF);
const shop = readShop(config);

const codeMail: SignInDependencies["codeMail"] = (language, code, minutes) =>
  mailsIn(language).code({ shop: shop.name, code, minutes });
const providers = parseProviders(config.MAILBOX_PROVIDERS);

/** What both steps of signing in work with. */
export async function signInDependencies(): Promise<SignInDependencies> {
  const [identity, sendMail, rolls] = await Promise.all([
    identityClient(config),
    mailClient(config),
    staffRollsClient(config),
  ]);
  return {
    ...identity,
    sendMail,
    codeMail,
    key: signer.key,
    roleOf: async (email) => rolesOf(await rolls.read(), staff).get(email) ?? "shopper",
    providers,
    limitsSources: stage !== "local",
    measure,
  };
}

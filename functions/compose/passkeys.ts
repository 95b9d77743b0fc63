import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { addressesClient } from "../../core/clients/identity.ts";
import { passkeysClient } from "../../core/clients/passkeys.ts";
import { staffRollsClient } from "../../core/clients/staff-rolls.ts";
import { loadConfig } from "../../core/config.ts";
import type { Passkey } from "../../core/contract/passkeys.ts";
import { readShop, shopNames } from "../../core/contract/shop.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import { parseStaff } from "../../core/identity/staff.ts";
import { rolesOf } from "../../core/identity/staff-roll.ts";
import { warn } from "../../core/log.ts";
import type { PasskeyDependencies } from "../../core/passkeys/passkeys.ts";
import type { StoredPasskey } from "../../core/passkeys/passkeys.dynamo.ts";
import { passkeySite } from "../../core/passkeys/site.ts";

const config = loadConfig([
  "SITE_URL",
  "SESSION_SECRET",
  "IDENTITY_TABLE",
  "DYNAMODB_ENDPOINT",
  "STAFF",
  ...shopNames,
]);

export const stage = config.STAGE;
export const signer = sessionSigner(config.SESSION_SECRET, stage);
const staff = parseStaff(config.STAFF);
const { name } = readShop(config);

/** Where the site is to the browser that asks: a local one goes by several names. */
const siteOf = ({ headers }: APIGatewayProxyEventV2): string =>
  stage === "local" ? (headers["origin"] ?? `http://${headers["host"]}`) : config.SITE_URL;

/** What passkeys are made and used with. */
export async function passkeyDependencies(event: APIGatewayProxyEventV2): Promise<PasskeyDependencies> {
  const [passkeys, addresses, rolls] = await Promise.all([
    passkeysClient(config),
    addressesClient(config),
    staffRollsClient(config),
  ]);
  const site = passkeySite(siteOf(event), name);
  const roleOf = async (email: string) => rolesOf(await rolls.read(), staff).get(email) ?? "shopper";
  return { passkeys, addresses, signer, site, roleOf, warn };
}

const iso = (ms: number) => new Date(ms).toISOString();

export const passkeyView = ({
  passkeyId,
  name: called,
  createdAtMs,
  lastUsedAtMs,
}: StoredPasskey): Passkey => ({
  passkeyId,
  name: called,
  createdAt: iso(createdAtMs),
  lastUsedAt: lastUsedAtMs === null ? null : iso(lastUsedAtMs),
});

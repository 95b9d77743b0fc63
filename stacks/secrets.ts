import { type Grant, secret } from "./grants.ts";
import { stage } from "./stage.ts";

const SECRET_LENGTH = 48;

/** Secrets that nobody types: made at the first deploy and kept in SST's encrypted state. */
export function createSecrets() {
  const made = (name: string) =>
    new random.RandomPassword(name, { length: SECRET_LENGTH, special: false }).result;
  /** Only the CDN knows it: requests without it came around the firewall. `sst dev` has no CDN. */
  const originKey = $dev ? undefined : made("OriginKey");
  const grants = {
    sessions: { secrets: [secret("SESSION_SECRET", made("SessionKey"))] },
    origin: originKey ? { secrets: [secret("ORIGIN_SECRET", originKey)] } : {},
    staff: { environment: { STAFF: stage.staff } },
  } satisfies Record<string, Grant>;
  return { grants, originKey };
}

export type Secrets = ReturnType<typeof createSecrets>;

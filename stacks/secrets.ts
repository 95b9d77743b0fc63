import { type Grant, secret } from "./grants.ts";

const SECRET_LENGTH = 48;

/** Secrets that nobody types: made at the first deploy and kept in SST's encrypted state. */
export function createSecrets() {
  const made = (name: string) =>
    new random.RandomPassword(name, { length: SECRET_LENGTH, special: false }).result;
  /** Only the CDN knows it: requests without it came around the firewall. `sst dev` has no CDN. */
  const originKey = $dev ? undefined : made("OriginKey");
  const grants = {
    sessions: { secrets: [secret("SESSION_SECRET", made("SessionKey"))] },
    "evidence.secret": { secrets: [secret("EVIDENCE_SECRET", made("EvidenceKey"))] },
    origin: originKey ? { secrets: [secret("ORIGIN_SECRET", originKey)] } : {},
  } satisfies Record<string, Grant>;
  return { grants, originKey };
}

export type Secrets = ReturnType<typeof createSecrets>;

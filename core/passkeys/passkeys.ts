import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { Role } from "../contract/identity.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import type { NewSession, SessionSigner } from "../identity/session.ts";
import { sessionEndMs, sessionOf } from "../identity/sign-in.ts";
import { normalizeEmail } from "../identity/staff.ts";
import type { BuyerId } from "../ids.ts";
import type { Warn } from "../log.ts";
import { isOwnChallenge, issueChallenge, markOf } from "./challenge.ts";
import type { Passkeys, StoredPasskey } from "./passkeys.dynamo.ts";
import type { PasskeySite } from "./site.ts";

export type PasskeyDependencies = {
  readonly passkeys: Passkeys;
  readonly addresses: Pick<Addresses, "put" | "recipients">;
  readonly signer: SessionSigner;
  readonly site: PasskeySite;
  /** The role that an address has now. */
  readonly roleOf: (email: string) => Promise<Role>;
  readonly warn: Warn;
};

/** What a buyer's browser makes a passkey by. It names the account by what its owner signs in with. */
export async function optionsToAdd(
  { passkeys, signer, site }: PasskeyDependencies,
  buyer: { readonly buyerId: BuyerId; readonly signedInAs: string | undefined },
  nowMs: number,
) {
  const known = await passkeys.of(buyer.buyerId);
  return generateRegistrationOptions({
    rpName: site.name,
    rpID: site.rpId,
    userName: buyer.signedInAs ?? site.name,
    userID: new TextEncoder().encode(buyer.buyerId),
    challenge: issueChallenge(signer, buyer.buyerId, nowMs),
    attestationType: "none",
    // A device that has one already is told so by its browser.
    excludeCredentials: known.map(({ passkeyId, transports }) => ({
      id: passkeyId,
      transports,
    })),
    // Found without a name typed in, and a factor of its own.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

export type AddOutcome =
  | { readonly kind: "added"; readonly passkey: StoredPasskey }
  /** The answer is none to a challenge of ours, or was given before; or there are too many. */
  | { readonly kind: "refused" | "too_many" };

/** Keeps a passkey for a buyer who is signed in. */
export async function addPasskey(
  deps: PasskeyDependencies,
  asked: {
    readonly buyerId: BuyerId;
    readonly response: unknown;
    readonly name: string;
    /** Whether the session that adds it was begun by the buyer's mailbox. */
    readonly provesMailbox: boolean;
  },
  nowMs: number,
): Promise<AddOutcome> {
  const { passkeys, site } = deps;
  const { buyerId, name, provesMailbox } = asked;
  const response = asked.response as RegistrationResponseJSON;
  const verified = await tried(deps, () =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: isFor(deps, buyerId, nowMs),
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
    }),
  );
  if (!verified?.verified || !(await isFirstUse(deps, response, nowMs))) return { kind: "refused" };
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  const passkey: StoredPasskey = {
    passkeyId: id,
    buyerId,
    publicKey: Buffer.from(publicKey).toString("base64url"),
    counter,
    transports: response.response.transports ?? [],
    name,
    createdAtMs: nowMs,
    lastUsedAtMs: null,
    provesMailbox,
  };
  return (await passkeys.add(passkey)) ? { kind: "added", passkey } : { kind: "too_many" };
}

/** What any browser signs in by: it offers whatever passkeys of this site it has. */
export const optionsToSignIn = ({ signer, site }: PasskeyDependencies, nowMs: number) =>
  generateAuthenticationOptions({
    rpID: site.rpId,
    challenge: issueChallenge(signer, null, nowMs),
    userVerification: "required",
  });

/**
 * A session for whoever has a buyer's passkey, by the address that the buyer signed in with last; null: it proves nothing. A
 * passkey whose count does not rise has been copied, and signs nobody in. It bears a role only if its owner's mailbox began the
 * session that it was made in.
 */
export async function signInByPasskey(
  deps: PasskeyDependencies,
  asked: unknown,
  nowMs: number,
): Promise<NewSession | null> {
  const { passkeys, addresses, site, roleOf, signer } = deps;
  const response = asked as AuthenticationResponseJSON;
  const passkey = await passkeys.get(response.id);
  if (!passkey) return null;
  const verified = await tried(deps, () =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: isFor(deps, null, nowMs),
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      credential: {
        id: passkey.passkeyId,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
        counter: passkey.counter,
        transports: passkey.transports,
      },
      requireUserVerification: true,
    }),
  );
  if (!verified?.verified || !(await isFirstUse(deps, response, nowMs))) return null;
  if (!(await passkeys.use(passkey.passkeyId, verified.authenticationInfo.newCounter, nowMs))) return null;
  const { buyerId, provesMailbox } = passkey;
  const recipient = (await addresses.recipients([buyerId])).get(buyerId);
  // A deletion waits for each session; of whoever is gone none begins.
  if (!recipient || !(await addresses.put(buyerId, recipient, sessionEndMs(nowMs)))) return null;
  const shown = { buyerId, email: normalizeEmail(recipient.email), provesMailbox };
  return sessionOf({ roleOf, key: signer.key }, shown, nowMs);
}

/** The library throws whatever is wrong with an answer; a browser's answer is anybody's. */
async function tried<T>({ warn }: PasskeyDependencies, verify: () => Promise<T>): Promise<T | null> {
  try {
    return await verify();
  } catch (error) {
    warn("a passkey was refused", { error });
    return null;
  }
}

const textOf = (challenge: string) => Buffer.from(challenge, "base64url").toString();

const isFor =
  ({ signer }: PasskeyDependencies, buyerId: BuyerId | null, nowMs: number) =>
  (challenge: string): boolean =>
    isOwnChallenge(signer, textOf(challenge), buyerId, nowMs);

/** After everything else was found right: nobody else's guess uses a challenge up. */
function isFirstUse(
  { passkeys }: PasskeyDependencies,
  { response }: { readonly response: { readonly clientDataJSON: string } },
  nowMs: number,
): Promise<boolean> {
  const { challenge } = JSON.parse(textOf(response.clientDataJSON)) as { challenge: string };
  return passkeys.useChallenge(markOf(textOf(challenge)), nowMs);
}

import { createHmac, type KeyObject, randomBytes, randomInt } from "node:crypto";
import type { Role } from "../contract/identity.ts";
import { newBuyerId } from "../ids.ts";
import type { IdentityStore } from "./identity.dynamo.ts";
import type { Mailer } from "./mail.ses.ts";
import { type Session, SESSION_SECONDS } from "./session.ts";
import { normalizeEmail } from "./staff.ts";

export const CODE_SECONDS = 10 * 60;
const CODE_DIGITS = 6;
/** Five guesses of 10^6 a challenge. */
const MOST_GUESSES = 5;
const WINDOW_SECONDS = 10 * 60;
/** Codes that one source may ask for in a window: a household, an office behind one address. */
const MOST_CODES_PER_SOURCE = 30;
/** Codes for one address that one source may ask for in a window; the owner, who asks from elsewhere, has their own. */
const MOST_CODES_PER_ADDRESS = 20;

export type SignInDependencies = {
  readonly store: IdentityStore;
  readonly sendMail: Mailer;
  readonly key: KeyObject;
  readonly staff: ReadonlyMap<string, Role>;
  /** Whether codes are limited by source address; not where all clients share one, as on a developer's machine. */
  readonly limitsSources: boolean;
};

export type CodeOutcome =
  | { readonly kind: "sent"; readonly challenge: string }
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number };

/** Opens a challenge and sends its code to the address. */
export async function requestCode(
  deps: SignInDependencies,
  request: { readonly email: string; readonly source: string },
  nowMs: number,
): Promise<CodeOutcome> {
  const email = normalizeEmail(request.email);
  const limits: [string, number][] = [[`address#${email}#${request.source}`, MOST_CODES_PER_ADDRESS]];
  if (deps.limitsSources) limits.unshift([`source#${request.source}`, MOST_CODES_PER_SOURCE]);
  for (const [what, most] of limits)
    if ((await deps.store.count(what, WINDOW_SECONDS, nowMs)) > most)
      return {
        kind: "rate_limited",
        retryAfterMs: WINDOW_SECONDS * 1000 - (nowMs % (WINDOW_SECONDS * 1000)),
      };

  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0");
  const challenge = randomBytes(16).toString("base64url");
  await deps.store.openChallenge(challenge, {
    email,
    codeHash: hashCode(deps.key, challenge, code),
    expiresAtMs: nowMs + CODE_SECONDS * 1000,
  });
  const minutes = CODE_SECONDS / 60;
  await deps.sendMail({
    to: email,
    subject: `${code} is your sign-in code`,
    text: `Your sign-in code is ${code}. It is valid for ${minutes} minutes.\n\nIf you did not ask for it, ignore this mail: nobody can sign in without it.`,
  });
  return { kind: "sent", challenge };
}

/** Exchanges a challenge's code for a session; null if the code is wrong, used, expired, or was guessed too often. */
export async function signIn(
  deps: SignInDependencies,
  request: { readonly challenge: string; readonly code: string },
  nowMs: number,
): Promise<Session | null> {
  const challenge = await deps.store.countGuess(request.challenge, MOST_GUESSES, nowMs);
  if (!challenge || challenge.codeHash !== hashCode(deps.key, request.challenge, request.code)) return null;
  if (!(await deps.store.closeChallenge(request.challenge))) return null;
  const buyerId = await deps.store.buyerByEmail(challenge.email, newBuyerId(nowMs));
  const role = deps.staff.get(challenge.email) ?? "shopper";
  // Whole seconds, as the token says it.
  return { buyerId, role, expiresAtMs: (Math.floor(nowMs / 1000) + SESSION_SECONDS) * 1000 };
}

/** Codes are stored as a keyed hash: who reads the table cannot try a million of them. */
const hashCode = (key: KeyObject, challenge: string, code: string): string =>
  createHmac("sha256", key).update(`code:${challenge}:${code}`).digest("base64url");

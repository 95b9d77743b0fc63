import { createHmac, type KeyObject, randomBytes, randomInt } from "node:crypto";
import type { Role } from "../contract/identity.ts";
import type { Language } from "../contract/language.ts";
import { CODE_ALPHABET, CODE_LENGTH, showCode } from "../contract/sign-in-code.ts";
import { type BuyerId, newBuyerId } from "../ids.ts";
import type { Measure } from "../metrics.ts";
import type { Addresses, Recipient } from "./addresses.dynamo.ts";
import { mailboxOf, type Providers } from "./aliases.ts";
import type { IdentityStore } from "./identity.dynamo.ts";
import type { Mail, Mailer } from "./mail.ses.ts";
import { afterFailure, afterUse, CODE_SECONDS, isLive, mayMail, withCode } from "./mailbox.ts";
import type { Mailboxes } from "./mailbox.dynamo.ts";
import { maskAddress } from "./mask-address.ts";
import { type NewSession, SESSION_SECONDS } from "./session.ts";
import { admit, pairOf, rateLimited } from "./sign-in-limits.ts";
import { normalizeEmail, staffMark } from "./staff.ts";
import type { Standings } from "./standing.dynamo.ts";

/** Guesses that each challenge has, at all codes of its mailbox that are good. */
const MOST_GUESSES = 5;
/** Two buyers at most who are gone: one by the address, one by its mailbox. */
const TRIES = 3;

export type SignInDependencies = {
  readonly store: IdentityStore;
  readonly mailboxes: Mailboxes;
  readonly standings: Standings;
  readonly addresses: Pick<Addresses, "put">;
  readonly sendMail: Mailer;
  /** The words around a code, in the shop's name. */
  readonly codeMail: (language: Language, code: string, minutes: number) => Omit<Mail, "to">;
  readonly key: KeyObject;
  /** The role that an address has now. */
  readonly roleOf: (email: string) => Promise<Role>;
  readonly providers: Providers;
  /** Whether requests are limited by where they come from; not where all clients share one address, as on a developer's machine. */
  readonly limitsSources: boolean;
  readonly measure: Measure;
};

export type CodeOutcome =
  | { readonly kind: "sent"; readonly challenge: string }
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number };

/**
 * Opens a challenge, and sends its mailbox a code, unless one went out so lately that it serves this challenge too: so
 * a flood of requests is few mails, and whoever asks in the middle of it finds a good code in the newest one.
 */
export async function requestCode(
  deps: SignInDependencies,
  request: { readonly email: string; readonly source: string; readonly language: Language },
  nowMs: number,
): Promise<CodeOutcome> {
  const email = normalizeEmail(request.email);
  const admission = await admit(deps, { email, source: request.source }, nowMs);
  if (admission.kind === "rate_limited") return admission;

  const code = newCode();
  let mailKey: string | null | undefined;
  const hash = hashCode(deps.key, email, code);
  const { isChanged } = await deps.mailboxes.change(email, nowMs, async (mailbox) => {
    if (!mayMail(mailbox, nowMs)) return null;
    mailKey ??= await admission.countMail();
    return mailKey === null ? null : withCode(mailbox, hash, nowMs);
  });
  if (mailKey === null) return rateLimited(nowMs);
  // Another request had the mail sent meanwhile, and is counted for it.
  if (!isChanged && mailKey) await deps.store.uncount(mailKey);

  const challenge = randomBytes(16).toString("base64url");
  await deps.store.openChallenge(challenge, {
    email,
    language: request.language,
    neighbourhood: admission.neighbourhood,
    expiresAtMs: nowMs + CODE_SECONDS * 1000,
    counted: [...admission.counted, ...(isChanged && mailKey ? [mailKey] : [])],
  });
  if (isChanged)
    await mail(deps, email, deps.codeMail(request.language, showCode(code), CODE_SECONDS / 60), nowMs);
  return { kind: "sent", challenge };
}

async function mail(
  deps: SignInDependencies,
  email: string,
  words: Omit<Mail, "to">,
  nowMs: number,
): Promise<void> {
  try {
    await deps.sendMail({ to: email, ...words });
  } catch (error) {
    await deps.mailboxes.change(email, nowMs, async (mailbox) => afterFailure(mailbox, nowMs));
    throw error;
  }
}

/** Exchanges a code for a session; null if it is wrong, used, expired, or the challenge was used for too many guesses. */
export async function signIn(
  deps: SignInDependencies,
  request: { readonly challenge: string; readonly code: string },
  nowMs: number,
): Promise<NewSession | null> {
  const challenge = await deps.store.countGuess(request.challenge, MOST_GUESSES, nowMs);
  if (!challenge) return null;
  const { email, language } = challenge;
  const hash = hashCode(deps.key, email, request.code);
  const used = await deps.mailboxes.change(email, nowMs, async (mailbox) =>
    isLive(mailbox, hash, nowMs) ? afterUse(mailbox) : null,
  );
  if (!used.isChanged) return null;
  const session = await beginSession(deps, { email, language, provesMailbox: true }, nowMs);
  // Whatever of these fails, it makes nobody's session worse: the limits are a little stricter then.
  await Promise.allSettled([
    deps.store.closeChallenge(request.challenge),
    deps.standings.put(pairOf(deps, email, challenge.neighbourhood), "known", nowMs),
    ...challenge.counted.map((key) => deps.store.uncount(key)),
  ]);
  return session;
}

/** What beginning a session works with, whichever way somebody has shown that an address is theirs. */
export type SessionDependencies = Pick<
  SignInDependencies,
  "store" | "addresses" | "key" | "roleOf" | "providers"
>;

/** An address, and whether it was shown by its mailbox: only then it gives a role. */
type Shown = { readonly email: string; readonly provesMailbox: boolean };

/** A session for whoever has shown that an address is theirs: one person is one buyer, whichever way they did. */
export async function beginSession(
  deps: SessionDependencies,
  { email, language, provesMailbox }: Shown & { readonly language: Language },
  nowMs: number,
): Promise<NewSession> {
  const buyerId = await beginAs(deps, { email, language }, nowMs);
  return sessionOf(deps, { buyerId, email, provesMailbox }, nowMs);
}

/** Whole seconds, as the token says it. */
export const sessionEndMs = (nowMs: number): number => (Math.floor(nowMs / 1000) + SESSION_SECONDS) * 1000;

/** A session of a buyer who signs in with this address. */
export async function sessionOf(
  { roleOf, key }: Pick<SessionDependencies, "roleOf" | "key">,
  { buyerId, email, provesMailbox }: Shown & { readonly buyerId: BuyerId },
  nowMs: number,
): Promise<NewSession> {
  const role = provesMailbox ? await roleOf(email) : "shopper";
  return {
    buyerId,
    role,
    expiresAtMs: sessionEndMs(nowMs),
    signedInAs: maskAddress(email),
    ...(provesMailbox && { provesMailbox }),
    ...(role !== "shopper" && { staffMark: staffMark(key, email) }),
  };
}

/**
 * Whose session begins, noted with the buyer before anything can be bought: the merchant must be able to reach who bought,
 * and a deletion waits until the session ends. A buyer whose data are being erased is left behind: whoever signs in is new.
 */
async function beginAs(deps: SessionDependencies, recipient: Recipient, nowMs: number): Promise<BuyerId> {
  const { email } = recipient;
  for (let tries = 0; tries < TRIES; tries++) {
    const buyerId = await buyerOf(deps, email, nowMs);
    if (await deps.addresses.put(buyerId, recipient, sessionEndMs(nowMs))) return buyerId;
    // The deletion was cut off, or is at it now.
    for (const address of new Set([email, mailboxOf(email, deps.providers)]))
      await deps.store.forgetBuyer(address, buyerId);
  }
  throw new Error(`An address led to ${TRIES} buyers whose data were erased`);
}

/**
 * Aliases of one mailbox are one buyer. An address that has an identity of its own, from before that was so, keeps it: its
 * orders stay where they are.
 */
async function buyerOf(
  { store, providers }: SessionDependencies,
  email: string,
  nowMs: number,
): Promise<BuyerId> {
  const mailbox = mailboxOf(email, providers);
  if (mailbox === email) return store.buyerByEmail(email, newBuyerId(nowMs));
  const own = await store.knownBuyer(email);
  // The alias is kept as well: whoever looks for it finds the buyer.
  return own ?? store.buyerByEmail(email, await store.buyerByEmail(mailbox, newBuyerId(nowMs)));
}

const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join("");

/** Codes are stored as a keyed hash: who reads the table can neither read nor try them. */
const hashCode = (key: KeyObject, email: string, code: string): string =>
  createHmac("sha256", key).update(`code:${email}:${code}`).digest("base64url");

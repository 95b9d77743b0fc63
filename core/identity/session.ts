import { createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";
import * as v from "valibot";
import { buyerId, rehearsalId } from "../contract/ids.ts";
import { type Role, roles } from "../contract/roles.ts";
import { type HmacKey, hmacKey, hmacSha256 } from "../hmac.ts";
import type { BuyerId, RehearsalId } from "../ids.ts";

/** Twelve hours: signed in before the sale, and still so when looking at the order after it. */
export const SESSION_SECONDS = 12 * 60 * 60;

export type NewSession = {
  readonly buyerId: BuyerId;
  readonly role: Role;
  readonly expiresAtMs: number;
  /** Whose role it is, by staff.ts; absent in the sessions of minutes that functions of ours make for themselves. */
  readonly staffMark?: string | undefined;
  /** The address that it began with, masked; absent in the same sessions. */
  readonly signedInAs?: string | undefined;
  /**
   * That it began with a code from the buyer's own mailbox, or with a passkey that was made in such a session: what else vouches
   * for an address gives no role. Absent: it did not.
   */
  readonly provesMailbox?: true | undefined;
  /** Of the crowd of a rehearsal: the one whose steps it takes. Signing in gives no such session, whatever one's role. */
  readonly rehearsalId?: RehearsalId | undefined;
};
/** One that bears the name under which it can be ended. */
export type Session = NewSession & { readonly sessionId: string };

/** The key that signs, and who signs: tokens of another stage are foreign even under the same key. */
export type SessionSigner = {
  readonly key: KeyObject;
  /** The same key, made ready to check each request's token. */
  readonly ready: HmacKey;
  readonly issuer: string;
};

export const sessionSigner = (secret: string, stage: string): SessionSigner => ({
  key: createSecretKey(Buffer.from(secret)),
  ready: hmacKey(Buffer.from(secret)),
  issuer: `flash-sale/${stage}`,
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const HEADER = encode({ alg: "HS256", typ: "JWT" });
const claims = v.object({
  iss: v.string(),
  sub: buyerId,
  role: v.picklist(roles),
  exp: v.number(),
  jti: v.pipe(v.string(), v.regex(/^[\w-]{12}$/)),
  staff: v.optional(v.string()),
  as: v.optional(v.string()),
  own: v.optional(v.literal(true)),
  steps: v.optional(rehearsalId),
});
/** 72 bits: twelve hours' sessions do not meet, and a list of those that ended stays short. */
const newSessionId = () => randomBytes(9).toString("base64url");

const sign = (signer: SessionSigner, text: string) => hmacSha256(signer.ready, text);

/** A session of its own as a JWT signed with HS256 (RFC 7519): no look-up is needed to check it. */
export function issueSession(signer: SessionSigner, session: NewSession): string {
  const { buyerId: sub, role, staffMark: staff, signedInAs: as, provesMailbox: own } = session;
  const steps = session.rehearsalId;
  const exp = Math.floor(session.expiresAtMs / 1000);
  const jti = newSessionId();
  const text = `${HEADER}.${encode({ iss: signer.issuer, sub, role, exp, jti, staff, as, own, steps })}`;
  return `${text}.${sign(signer, text).toString("base64url")}`;
}

/**
 * The session in a token; null if it is malformed, forged, foreign or expired. Whether it was ended before its time, and
 * whether a role is still held, this does not know.
 *
 * Only the header that `issueSession` writes is taken, so no token chooses its algorithm. Synchronous on purpose: see
 * docs/decisions/0003-session-token-check.md.
 */
export function verifySession(signer: SessionSigner, token: string, nowMs: number): Session | null {
  const [header, payload, signature, ...rest] = token.split(".");
  if (header !== HEADER || !payload || !signature || rest.length > 0) return null;
  const bytes = Buffer.from(signature, "base64url");
  const expected = sign(signer, `${header}.${payload}`);
  if (bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) return null;
  const parsed = v.safeParse(claims, parseJson(Buffer.from(payload, "base64url").toString()));
  if (!parsed.success || parsed.output.iss !== signer.issuer) return null;
  const { sub, role, exp, jti, staff, as, own, steps } = parsed.output;
  const expiresAtMs = exp * 1000;
  if (expiresAtMs <= nowMs) return null;
  return {
    sessionId: jti,
    buyerId: sub,
    role,
    expiresAtMs,
    ...(staff !== undefined && { staffMark: staff }),
    ...(as !== undefined && { signedInAs: as }),
    ...(own && { provesMailbox: own }),
    ...(steps !== undefined && { rehearsalId: steps }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether a role may do what needs `least`; roles grow from shopper to admin. */
export const isAllowed = (role: Role, least: Role): boolean => roles.indexOf(role) >= roles.indexOf(least);

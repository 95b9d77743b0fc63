import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import * as v from "valibot";
import { buyerId } from "../contract/ids.ts";
import { type Role, roles } from "../contract/identity.ts";
import type { BuyerId } from "../ids.ts";

/** Twelve hours: signed in before the sale, and still so when looking at the order after it. */
export const SESSION_SECONDS = 12 * 60 * 60;

export type Session = { readonly buyerId: BuyerId; readonly role: Role; readonly expiresAtMs: number };

/** The key that signs, and who signs: tokens of another stage are foreign even under the same key. */
export type SessionSigner = { readonly key: KeyObject; readonly issuer: string };

export const sessionSigner = (secret: string, stage: string): SessionSigner => ({
  key: createSecretKey(Buffer.from(secret)),
  issuer: `flash-sale/${stage}`,
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const HEADER = encode({ alg: "HS256", typ: "JWT" });
const claims = v.object({ iss: v.string(), sub: buyerId, role: v.picklist(roles), exp: v.number() });

const sign = (signer: SessionSigner, text: string) => createHmac("sha256", signer.key).update(text).digest();

/** A session as a JWT signed with HS256 (RFC 7519): no look-up is needed to check it. */
export function issueSession(signer: SessionSigner, session: Session): string {
  const exp = Math.floor(session.expiresAtMs / 1000);
  const text = `${HEADER}.${encode({ iss: signer.issuer, sub: session.buyerId, role: session.role, exp })}`;
  return `${text}.${sign(signer, text).toString("base64url")}`;
}

/**
 * The session in a token; null if it is malformed, forged, foreign or expired.
 *
 * Only the header that `issueSession` writes is taken, so no token chooses its algorithm. Synchronous on purpose: see
 * docs/decisions/0003-session-token-check.md.
 */
export function verifySession(signer: SessionSigner, token: string, nowMs: number): Session | null {
  const [header, payload, signature, ...rest] = token.split(".");
  if (header !== HEADER || !payload || !signature || rest.length > 0) return null;
  const given = Buffer.from(signature, "base64url");
  const expected = sign(signer, `${header}.${payload}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const parsed = v.safeParse(claims, parseJson(Buffer.from(payload, "base64url").toString()));
  if (!parsed.success || parsed.output.iss !== signer.issuer) return null;
  const expiresAtMs = parsed.output.exp * 1000;
  return expiresAtMs > nowMs ? { buyerId: parsed.output.sub, role: parsed.output.role, expiresAtMs } : null;
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

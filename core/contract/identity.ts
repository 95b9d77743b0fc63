import * as v from "valibot";
import { buyerId } from "./ids.ts";
import { languages } from "./language.ts";
import { roles } from "./roles.ts";
import { count, instant } from "./sale.ts";
import { CODE_LENGTH, isCode, normalizeCode } from "./sign-in-code.ts";

export { type Role, roles } from "./roles.ts";

export const email = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(254, "must be at most 254 characters"),
  v.email("must be an e-mail address"),
);

export const codeRequest = v.strictObject({
  email,
  /** Of the mail that brings the code. */
  language: v.optional(v.picklist(languages), "en"),
});
/**
 * Each request for a code opens a challenge of its own, known only to who asked. So wrong guesses by a stranger burn the
 * stranger's challenge, and cannot keep the owner of the address from signing in. A mail is not sent for each: the newest
 * one in the mailbox has a code that is good for this challenge.
 */
export const codeAnswer = v.object({ challenge: v.string(), expiresInSeconds: count });
export type CodeAnswer = v.InferOutput<typeof codeAnswer>;

export const signInRequest = v.strictObject({
  challenge: v.pipe(
    v.string(),
    v.regex(/^[\w-]{22}$/, "must be the challenge that was answered when the code was sent"),
  ),
  /** Typed in any case, with or without spaces and hyphens. */
  code: v.pipe(
    v.string(),
    v.maxLength(100),
    v.transform(normalizeCode),
    v.check(isCode, `must be the ${CODE_LENGTH} letters and digits from the e-mail`),
  ),
  /** `cookie` (default) sets an HttpOnly cookie; `bearer` answers the token for the Authorization header instead. */
  transport: v.optional(v.picklist(["cookie", "bearer"]), "cookie"),
});

export const session = v.object({
  buyerId,
  role: v.picklist(roles),
  expiresAt: instant,
  /** The address that was signed in with, so far as its owner knows it again: `a•••e@example.com`. */
  signedInAs: v.optional(v.string()),
  /** Only with `transport: "bearer"`. */
  token: v.optional(v.string()),
});
export type SessionView = v.InferOutput<typeof session>;

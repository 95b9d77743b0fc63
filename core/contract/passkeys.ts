import * as v from "valibot";
import { instant } from "./instant.ts";

/** What browser and library say to each other is theirs; a function reads it, and nobody else. */
const opaque = v.looseObject({});
/** An authenticator's answer, with certificates at the most. */
export const PASSKEY_LIMIT_BYTES = 32_768;

export const passkeyId = v.pipe(v.string(), v.regex(/^[\w-]{16,1366}$/, "must be the id of a passkey"));
const response = v.looseObject({
  id: passkeyId,
  rawId: passkeyId,
  response: opaque,
  type: v.literal("public-key"),
});

/** What the browser makes a passkey by, or signs in with one: options of WebAuthn as JSON. */
export const passkeyOptions = opaque;

export const addPasskeyRequest = v.strictObject({
  /** The browser's answer (PublicKeyCredential as JSON). */
  response,
  /** By which its owner knows it again. */
  name: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1, "must not be empty"),
    v.maxLength(60, "must be at most 60 characters"),
  ),
});

export const passkeySignInRequest = v.strictObject({
  response,
  transport: v.optional(v.picklist(["cookie", "bearer"]), "cookie"),
});

export const passkey = v.object({
  passkeyId,
  name: v.string(),
  createdAt: instant,
  /** Null: never. */
  lastUsedAt: v.nullable(instant),
});
export type Passkey = v.InferOutput<typeof passkey>;
export const passkeyList = v.object({ passkeys: v.array(passkey) });
export type PasskeyList = v.InferOutput<typeof passkeyList>;

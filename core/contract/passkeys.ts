import * as v from "valibot";
import { instant } from "./instant.ts";
import { storableLine } from "./text.ts";

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

/** How an authenticator is reached: what browsers know today, and whatever they will call the next one. */
const transports = v.pipe(
  v.array(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/, "must be a transport of WebAuthn"))),
  v.maxLength(10, "must be at most 10"),
);

export const addPasskeyRequest = v.strictObject({
  /** The browser's answer (PublicKeyCredential as JSON). */
  response: v.looseObject({
    ...response.entries,
    response: v.looseObject({ transports: v.optional(transports) }),
  }),
  /** By which its owner knows it again. */
  name: v.pipe(
    storableLine,
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

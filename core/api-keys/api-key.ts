import { createHash, randomBytes } from "node:crypto";
import type { Scope } from "../contract/api-keys.ts";
import type { Role } from "../contract/identity.ts";

/** By it a key is known for one at sight: by us, and by those who look for secrets in what was published. */
export const KEY_PREFIX = "fsk_";
const KEY_BYTES = 32;

export const newApiKeySecret = (): string => KEY_PREFIX + randomBytes(KEY_BYTES).toString("base64url");

export const isApiKey = (token: string): boolean => token.startsWith(KEY_PREFIX);

/** What is stored of a key: 256 random bits need no salt and no slow hash, since nobody can try them all. */
export const hashOfKey = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

/** Calls of one key: so many at once, then so many a second. */
export const KEY_BURST = 20;
export const KEY_CALLS_PER_SECOND = 10;

/** What a key's call may do and see where a role decides on it: only `buyers:read` shows mail addresses. */
export const roleOfKey = (asked: Scope, scopes: readonly Scope[]): Role =>
  asked.endsWith(":write") || scopes.includes("buyers:read") ? "operator" : "viewer";

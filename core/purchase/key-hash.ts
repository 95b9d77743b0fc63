import { hash } from "node:crypto";

/**
 * 48 bits of SHA-256 of an Idempotency-Key: what the stores keep of it. Its scope is one buyer and one sale, so that only
 * a buyer's own keys could meet; and each character counts, a million buyers being in Redis at once.
 */
export const hashKey = (idempotencyKey: string): string =>
  hash("sha256", idempotencyKey, "base64url").slice(0, 8);

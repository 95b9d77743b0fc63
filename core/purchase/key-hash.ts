import { hash } from "node:crypto";

/** 96 bits of SHA-256 of an Idempotency-Key: what the stores keep of it. Its scope is one buyer and one sale. */
export const hashKey = (idempotencyKey: string): string =>
  hash("sha256", idempotencyKey, "base64url").slice(0, 16);

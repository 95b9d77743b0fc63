import { createHash } from "node:crypto";

/** 96 bits of SHA-256 of an Idempotency-Key: what the stores keep of it. Its scope is one buyer and one sale. */
export const hashKey = (idempotencyKey: string): string =>
  createHash("sha256").update(idempotencyKey).digest("base64url").slice(0, 16);

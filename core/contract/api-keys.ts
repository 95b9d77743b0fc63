import * as v from "valibot";
import { apiKeyId } from "./ids.ts";
import { instant } from "./sale.ts";
import { storableLine } from "./text.ts";

/**
 * What a key may do. buyers:read: orders show the buyers' mail addresses. orders:write takes units back, and their money with
 * them; refunds:write gives money back while units stay.
 */
export const scopes = [
  "sales:read",
  "sales:write",
  "orders:read",
  "orders:write",
  "refunds:write",
  "buyers:read",
  "events:read",
] as const;
export type Scope = (typeof scopes)[number];

export const createApiKeyRequest = v.strictObject({
  name: v.pipe(storableLine, v.trim(), v.minLength(1, "must not be empty"), v.maxLength(60)),
  scopes: v.pipe(
    v.array(v.picklist(scopes, `must be one of ${scopes.join(", ")}`)),
    v.minLength(1, "must have one scope at least"),
  ),
  /** From then on it is none; null: it is good until it is revoked. */
  expiresAt: v.optional(v.nullable(instant), null),
});
export type CreateApiKeyRequest = v.InferOutput<typeof createApiKeyRequest>;

export const apiKey = v.object({
  keyId: apiKeyId,
  name: v.string(),
  scopes: v.array(v.picklist(scopes)),
  createdAt: instant,
  usedAt: v.nullable(instant),
  expiresAt: v.nullable(instant),
  revokedAt: v.nullable(instant),
});
export type ApiKey = v.InferOutput<typeof apiKey>;
export const apiKeyList = v.object({ keys: v.array(apiKey) });
export type ApiKeyList = v.InferOutput<typeof apiKeyList>;

/** `secret` is the key itself, for the Authorization header; it is shown this once. */
export const newApiKey = v.object({ key: apiKey, secret: v.string() });
export type NewApiKey = v.InferOutput<typeof newApiKey>;

import * as v from "valibot";
import { apiKeyId, buyerId } from "./ids.ts";
import { roles } from "./identity.ts";
import { instant } from "./sale.ts";

/**
 * cancel_wished: somebody asked to take units of an order back; what came of it is in the order's history. lane_undo_wished:
 * somebody asked to move entries of a line back to lane 0; whether that came before the list closed, the line says.
 */
export const auditActions = [
  "created",
  "changed",
  "published",
  "paused",
  "resumed",
  "ended",
  "retired",
  "brought_back",
  "cancel_wished",
  "lane_undo_wished",
  "endpoint_added",
  "endpoint_changed",
  "endpoint_deleted",
  "endpoint_secret_changed",
  "events_redelivered",
  "api_key_made",
  "api_key_revoked",
] as const;
export type AuditAction = (typeof auditActions)[number];

const values = v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()])));
/** Settings of a sale, or what was wished for, by their name; times as ISO 8601. */
export type AuditValues = v.InferOutput<typeof values>;

/** One thing that somebody did to a sale: what it changed, as it was and as it became. */
export const auditEntry = v.object({
  madeAt: instant,
  /** Of a person, or of an API key. */
  actorId: v.union([buyerId, apiKeyId]),
  /** What they signed in with; null where it is not known. */
  actorEmail: v.nullable(v.string()),
  /** What an API key is called. */
  actorName: v.nullable(v.string()),
  actorRole: v.picklist(roles),
  action: v.picklist(auditActions),
  before: values,
  after: values,
  requestId: v.string(),
});
export type AuditEntry = v.InferOutput<typeof auditEntry>;

/** Newest first. */
export const auditLog = v.object({ entries: v.array(auditEntry) });
export type AuditLog = v.InferOutput<typeof auditLog>;

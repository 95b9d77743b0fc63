import * as v from "valibot";
import { apiKeyId, buyerId } from "./ids.ts";
import { roles } from "./roles.ts";
import { instant } from "./sale.ts";

/**
 * cancel_wished: somebody asked to take units of an order back; refund_wished: to give its money back. What came of it is in
 * the order's history. lane_undo_wished:
 * somebody asked to move entries of a line back to lane 0; whether that came before the list closed, the line says.
 * picture_stored and dead_letters_redriven are written before they are done.
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
  "refund_wished",
  "lane_undo_wished",
  "endpoint_added",
  "endpoint_changed",
  "endpoint_deleted",
  "endpoint_secret_changed",
  "endpoint_tested",
  "events_redelivered",
  "api_key_made",
  "api_key_revoked",
  "role_changed",
  "picture_stored",
  "dead_letters_redriven",
  "recovery_begun",
  "archived",
  "evidence_key_revoked",
  "go_decided",
  "data_exported",
  "data_deletion_asked",
  "data_deleted",
  "orders_deleted",
] as const;
export type AuditAction = (typeof auditActions)[number];

const values = v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()])));
/** Settings of a sale, or what was wished for, by their name; times as ISO 8601. */
export type AuditValues = v.InferOutput<typeof values>;

/** One thing that somebody did: what it changed, as it was and as it became. */
export const auditEntry = v.object({
  madeAt: instant,
  /** Of a person, or of an API key; null for whoever gave an operator's command. */
  actorId: v.nullable(v.union([buyerId, apiKeyId])),
  /** What they signed in with; null where it is not known. */
  actorEmail: v.nullable(v.string()),
  /** What an API key is called, or what whoever gave a command called themselves. */
  actorName: v.nullable(v.string()),
  actorRole: v.nullable(v.picklist(roles)),
  action: v.picklist(auditActions),
  before: values,
  after: values,
  requestId: v.string(),
});
export type AuditEntry = v.InferOutput<typeof auditEntry>;

/** Newest first. */
export const auditLog = v.object({ entries: v.array(auditEntry) });
export type AuditLog = v.InferOutput<typeof auditLog>;

export const actsQuery = v.strictObject({
  /** Where the page before ended. */
  before: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,17}$/, "must be what the page before answered"))),
});
/** What was done that is about no sale, newest first. `next` goes into `before`; null: there is no more. */
export const actPage = v.object({ entries: v.array(auditEntry), next: v.nullable(v.string()) });
export type ActPage = v.InferOutput<typeof actPage>;

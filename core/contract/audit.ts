import * as v from "valibot";
import { buyerId } from "./ids.ts";
import { roles } from "./identity.ts";
import { instant } from "./sale.ts";

export const auditActions = ["created", "changed", "paused", "resumed", "ended"] as const;
export type AuditAction = (typeof auditActions)[number];

const values = v.record(v.string(), v.nullable(v.union([v.string(), v.number()])));
/** Settings of a sale by their name; times as ISO 8601. */
export type AuditValues = v.InferOutput<typeof values>;

/** One thing that somebody did to a sale: the settings that it changed, as they were and as they became. */
export const auditEntry = v.object({
  madeAt: instant,
  actorId: buyerId,
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

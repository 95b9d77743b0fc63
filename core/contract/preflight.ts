import * as v from "valibot";
import { buyerId } from "./ids.ts";
import { roles } from "./roles.ts";
import { instant } from "./instant.ts";
import { storableLine } from "./text.ts";

/** What is looked at before a sale opens. */
export const preflightChecks = [
  "visibility",
  "sale",
  "gate",
  "settings",
  "clock",
  "dead letters",
  "order queue",
  "guardian",
  "gate size",
  "concurrency",
  "API rate",
  "alarms",
  "warm",
  "quotas, alarms and warmth",
] as const;
export type PreflightCheck = (typeof preflightChecks)[number];

/** What a person decided, and what the preflight said then. */
export const goDecision = v.object({
  decision: v.picklist(["go", "no_go"]),
  note: v.string(),
  actorId: buyerId,
  actorEmail: v.nullable(v.string()),
  actorRole: v.picklist(roles),
  madeAt: instant,
  verdict: v.picklist(["go", "no_go"]),
});
export type GoDecision = v.InferOutput<typeof goDecision>;

/**
 * Whether the last decision still stands. missing: nobody has decided. stands: go, and nothing changed since. changed: go, and
 * what `changes` names is otherwise since. no_go: it was decided that the sale must not open.
 */
export const goStandings = ["missing", "stands", "changed", "no_go"] as const;
export const goStanding = v.object({
  latest: v.nullable(goDecision),
  standing: v.picklist(goStandings),
  /** Checks that speak against opening since, and `settings` where those were changed. */
  changes: v.array(v.picklist(preflightChecks)),
  /** The sale opens within ten minutes, and no go stands: somebody must decide now. */
  isAsked: v.boolean(),
});
export type GoStanding = v.InferOutput<typeof goStanding>;

/** Decides for a sale. The preflight is asked at that moment, and kept with the decision. */
export const decideGoRequest = v.strictObject({
  decision: v.picklist(["go", "no_go"], "must be go or no_go"),
  /** Of the settings that were looked at, as the preflight has it: 409 if they were changed since. */
  revision: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** Required for a go that the preflight speaks against. */
  note: v.optional(v.pipe(storableLine, v.trim(), v.maxLength(200)), ""),
});
export type DecideGoRequest = v.InferOutput<typeof decideGoRequest>;

/** Go or no-go for a sale, and why. What could not be found out stops nothing. */
export const preflightReport = v.object({
  verdict: v.picklist(["go", "no_go"]),
  checks: v.array(
    v.object({
      name: v.picklist(preflightChecks),
      result: v.picklist(["go", "no_go", "unknown"]),
      /** What was found, with its numbers, in English. */
      finding: v.string(),
    }),
  ),
  /** Of the sale's settings that were looked at. */
  revision: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** When it was asked, by the server's clock. */
  serverTime: instant,
  /** What people decided, and whether that stands. */
  go: goStanding,
});
export type PreflightReport = v.InferOutput<typeof preflightReport>;

import * as v from "valibot";
import { instant } from "./instant.ts";

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
  /** When it was asked, by the server's clock. */
  serverTime: instant,
});
export type PreflightReport = v.InferOutput<typeof preflightReport>;

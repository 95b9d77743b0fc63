import type { GoStanding, PreflightCheck, PreflightReport } from "../contract/preflight.ts";
import type { Guests } from "../contract/guests.ts";
import { opensFirstAtMs } from "../guests/guests.ts";
import type { Visibility } from "../contract/visibility.ts";

/** So long before it opens a sale must have a go that stands. */
export const ASK_BEFORE_MS = 10 * 60 * 1000;

type Checks = PreflightReport["checks"];

/** A decision as far as it matters for whether it stands. */
export type Decided = {
  readonly decision: "go" | "no_go";
  /** Of the sale's settings then. */
  readonly revision: number;
  readonly checks: Checks;
};

export type GoFacts = {
  readonly sale: {
    readonly visibility: Visibility;
    readonly state: string;
    readonly startsAtMs: number;
    readonly guests?: Guests;
    readonly revision: number;
  };
  readonly checks: Checks;
  readonly nowMs: number;
};

/**
 * Whether the last decision stands. A go stands while the settings are those that it was given for, and nothing speaks against
 * opening that did not then: who said go knew what they saw.
 */
export function goStandingOf(
  decided: Decided | null,
  { sale, checks, nowMs }: GoFacts,
): Omit<GoStanding, "latest"> {
  const changes = decided?.decision === "go" ? changesSince(decided, sale.revision, checks) : [];
  const standing = kindOf(decided, changes);
  const untilStartMs = opensFirstAtMs(sale) - nowMs;
  const willOpen = sale.visibility !== "draft" && sale.visibility !== "retired" && sale.state === "running";
  const isSoon = untilStartMs > 0 && untilStartMs <= ASK_BEFORE_MS;
  return { standing, changes, isAsked: willOpen && isSoon && standing !== "stands" };
}

function kindOf(decided: Decided | null, changes: readonly PreflightCheck[]): GoStanding["standing"] {
  if (!decided) return "missing";
  if (decided.decision === "no_go") return "no_go";
  return changes.length > 0 ? "changed" : "stands";
}

function changesSince(decided: Decided, revision: number, checks: Checks): PreflightCheck[] {
  const before = new Map(decided.checks.map(({ name, result }) => [name, result]));
  const worse = checks.filter(({ name, result }) => result === "no_go" && before.get(name) !== "no_go");
  const names = worse.map(({ name }) => name);
  return decided.revision !== revision && !names.includes("settings") ? ["settings", ...names] : names;
}

/** Whether a go needs a reason: the preflight speaks against it. */
export const needsNote = (decision: "go" | "no_go", verdict: "go" | "no_go"): boolean =>
  decision === "go" && verdict === "no_go";

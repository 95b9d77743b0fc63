import { describe, expect, test } from "vitest";
import type { PreflightReport } from "../contract/preflight.ts";
import { ASK_BEFORE_MS, type Decided, type GoFacts, goStandingOf, needsNote } from "./go-standing.ts";

const STARTS_AT_MS = 10_000_000;
type Result = PreflightReport["checks"][number]["result"];
const check = (name: PreflightReport["checks"][number]["name"], result: Result) => ({
  name,
  result,
  finding: "",
});
const well = [check("gate", "go"), check("order queue", "go"), check("alarms", "unknown")];
const go = (more: Partial<Decided> = {}): Decided => ({ decision: "go", revision: 3, checks: well, ...more });
const facts = (more: Partial<GoFacts["sale"]> = {}, rest: Partial<GoFacts> = {}): GoFacts => ({
  sale: { visibility: "listed", state: "running", startsAtMs: STARTS_AT_MS, revision: 3, ...more },
  checks: well,
  nowMs: STARTS_AT_MS - 60_000,
  ...rest,
});

describe("a go", () => {
  test("that nobody gave is missing, and asked for", () => {
    expect(goStandingOf(null, facts())).toEqual({ standing: "missing", changes: [], isAsked: true });
  });

  test("is asked for before the first tier opens, and no more once it is open", () => {
    const tiers = [{ name: "Gold", startsAt: new Date(STARTS_AT_MS - 3_600_000).toISOString() }];
    const guests: GoFacts["sale"]["guests"] = { kind: "listed_first", by: "codes", tiers };
    const isAsked = (beforeMs: number) =>
      goStandingOf(null, facts({ guests }, { nowMs: STARTS_AT_MS - beforeMs })).isAsked;
    expect([3_600_000 + ASK_BEFORE_MS, 3_600_000, 60_000].map(isAsked)).toEqual([true, false, false]);
  });

  test("stands while nothing changed, and nobody is asked", () => {
    expect(goStandingOf(go(), facts())).toEqual({ standing: "stands", changes: [], isAsked: false });
  });

  test("no longer stands once the settings changed", () => {
    expect(goStandingOf(go({ revision: 2 }), facts())).toEqual({
      standing: "changed",
      changes: ["settings"],
      isAsked: true,
    });
  });

  test.each<[Result, Result, boolean]>([
    ["go", "no_go", true],
    ["unknown", "no_go", true],
    ["no_go", "no_go", false],
    ["no_go", "go", false],
    ["go", "unknown", false],
  ])("given while a check said %s, which says %s now: changed %s", (before, now, isChanged) => {
    const standing = goStandingOf(
      go({ checks: [check("gate", before)] }),
      facts({}, { checks: [check("gate", now)] }),
    );
    expect(standing.changes).toEqual(isChanged ? ["gate"] : []);
  });

  test("names settings once, whoever noticed it", () => {
    const checks = [check("settings", "no_go")];
    expect(goStandingOf(go({ revision: 1 }), facts({}, { checks })).changes).toEqual(["settings"]);
  });
});

test("a no-go stays one, whatever changed, and is asked about again", () => {
  expect(goStandingOf(go({ decision: "no_go", revision: 1 }), facts())).toEqual({
    standing: "no_go",
    changes: [],
    isAsked: true,
  });
});

describe("nobody is asked", () => {
  test.each<[string, GoFacts, boolean]>([
    ["ten minutes before", facts({}, { nowMs: STARTS_AT_MS - ASK_BEFORE_MS }), true],
    ["earlier than that", facts({}, { nowMs: STARTS_AT_MS - ASK_BEFORE_MS - 1 }), false],
    ["once it has opened", facts({}, { nowMs: STARTS_AT_MS }), false],
    ["of a draft", facts({ visibility: "draft" }), false],
    ["of one that is retired", facts({ visibility: "retired" }), false],
    ["of one that is paused: it does not open", facts({ state: "paused" }), false],
    ["of one that is unlisted: they are", facts({ visibility: "unlisted" }), true],
  ])("%s", (_when, given, isAsked) => expect(goStandingOf(null, given).isAsked).toBe(isAsked));
});

test("a go against the preflight needs a reason; nothing else does", () => {
  expect([needsNote("go", "no_go"), needsNote("go", "go"), needsNote("no_go", "no_go")]).toEqual([
    true,
    false,
    false,
  ]);
});

import { expect, test } from "vitest";
import { judgePreflight, type PreflightFacts } from "./preflight.ts";

const nowMs = Date.parse("2026-11-27T09:55:00.000Z");
const sale = {
  visibility: "listed" as const,
  state: "running",
  allocated: 100,
  startsAtMs: nowMs + 300_000,
  endsAtMs: null,
  revision: 3,
};
const gate = { allocated: 100, available: 100, held: 0, sold: 0, revision: 3, isRecovering: false, nowMs };
const alarm = { name: "GateBusy", state: "OK", isArmed: true };
const stage = {
  attemptsPerSecond: 2_000,
  gateInstance: "m7g.large",
  concurrencyLimit: 1_000,
  apiRateLimit: 10_000,
  warm: { requested: 250, available: 250 },
  alarms: [alarm],
};
const facts: PreflightFacts = {
  sale,
  gate,
  nowMs,
  deadLetters: 0,
  ordersWaiting: 0,
  guardianSeenAtMs: nowMs - 2_000,
  stage,
};
const stopped = (change: Partial<PreflightFacts>) =>
  judgePreflight({ ...facts, ...change }).checks.flatMap(({ name, result }) =>
    result === "no_go" ? [name] : [],
  );

test("all is well: go", () => {
  const { verdict, checks } = judgePreflight(facts);
  expect(verdict).toBe("go");
  expect(checks.map(({ result }) => result)).not.toContain("unknown");
  expect(checks).toHaveLength(13);
});

test.each<[string, Partial<PreflightFacts>, string[]]>([
  ["the sale is a draft", { sale: { ...sale, visibility: "draft" }, gate: null }, ["visibility"]],
  ["the sale is retired", { sale: { ...sale, visibility: "retired" } }, ["visibility"]],
  ["the gate is lost", { gate: null }, ["gate"]],
  ["the gate was loaded with too little", { gate: { ...gate, allocated: 90, available: 90 } }, ["gate"]],
  ["a unit is missing in the gate", { gate: { ...gate, available: 99 } }, ["gate"]],
  ["the gate is being rebuilt", { gate: { ...gate, isRecovering: true } }, ["gate"]],
  ["the gate goes by old settings", { gate: { ...gate, revision: 2 } }, ["settings"]],
  ["the clocks differ", { gate: { ...gate, nowMs: nowMs - 600_000 } }, ["clock"]],
  ["the sale is paused", { sale: { ...sale, state: "paused" } }, ["sale", "warm"].slice(0, 1)],
  ["the sale is over", { sale: { ...sale, endsAtMs: nowMs } }, ["sale"]],
  ["a dead letter lies there", { deadLetters: 1 }, ["dead letters"]],
  ["orders of an earlier sale wait", { ordersWaiting: 7 }, ["order queue"]],
  ["the guardian is silent", { guardianSeenAtMs: nowMs - 120_000 }, ["guardian"]],
  ["there never was a guardian", { guardianSeenAtMs: null }, ["guardian"]],
  ["the account runs too little at once", { stage: { ...stage, concurrencyLimit: 300 } }, ["concurrency"]],
  ["the API lets too little through", { stage: { ...stage, apiRateLimit: 500 } }, ["API rate"]],
  ["the gate is small for the crowd", { stage: { ...stage, gateInstance: "t4g.small" } }, ["gate size"]],
  ["an alarm is not armed", { stage: { ...stage, alarms: [{ ...alarm, isArmed: false }] } }, ["alarms"]],
  ["an alarm rings", { stage: { ...stage, alarms: [{ ...alarm, state: "ALARM" }] } }, ["alarms"]],
  ["there are no alarms", { stage: { ...stage, alarms: [] } }, ["alarms"]],
  ["not yet warm", { stage: { ...stage, warm: { requested: 250, available: 10 } } }, ["warm"]],
  ["nobody asked for warmth", { stage: { ...stage, warm: { requested: 0, available: 0 } } }, ["warm"]],
])("%s: no-go", (_name, change, names) => {
  expect(stopped(change)).toEqual(names);
  expect(judgePreflight({ ...facts, ...change }).verdict).toBe("no_go");
});

test("what is not known is said, and stops nothing", () => {
  const { verdict, checks } = judgePreflight({ ...facts, stage: null, deadLetters: null });
  expect(verdict).toBe("go");
  expect(checks.filter(({ result }) => result === "unknown").map(({ name }) => name)).toEqual([
    "dead letters",
    "quotas, alarms and warmth",
  ]);
});

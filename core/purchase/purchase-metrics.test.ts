import { beforeEach, expect, test } from "vitest";
import { purchaseMetrics } from "./purchase-metrics.ts";

let nowMs: number;
let lines: string[];
let pending: string[];
const sink = {
  measure: (name: string, value: number) => pending.push(`${name} ${value}`),
  measureOutcome: (name: string, outcome: string, value: number) => lines.push(`${name} ${outcome} ${value}`),
  publish: () => {
    lines.push(...pending);
    pending = [];
  },
};
const askGate = (fails: boolean) => {
  nowMs += 7;
  return fails ? Promise.reject(new Error("silent")) : Promise.resolve("reserved");
};
const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };

beforeEach(() => {
  nowMs = 0;
  lines = [];
  pending = [];
});

test("an acceptance is written at once", () => {
  purchaseMetrics(sink, clock).count("accepted");
  expect(lines).toEqual(["PurchasesAccepted 1"]);
});

test("refusals are added up, by outcome, and written once a second", () => {
  const metrics = purchaseMetrics(sink, clock);
  for (let n = 0; n < 50; n++) metrics.count("sold_out");
  metrics.count("rate_limited");
  expect(lines).toEqual([]);
  nowMs = 1_000;
  metrics.count("sold_out");
  expect(lines).toEqual([
    "PurchasesRefused sold_out 51",
    "PurchasesRefused rate_limited 1",
    "PurchasesRefused 51",
    "PurchasesRefused 1",
  ]);
  nowMs = 1_999;
  metrics.count("sold_out");
  expect(lines).toHaveLength(4);
});

test("the gate's time is noted, whether it answers or fails", async () => {
  const metrics = purchaseMetrics(sink, clock);
  expect(await metrics.timed(askGate)(false)).toBe("reserved");
  await expect(metrics.timed(askGate)(true)).rejects.toThrow("silent");
  metrics.count("accepted");
  expect(lines).toEqual(["PurchasesAccepted 1", "GateMs 7", "GateMs 7"]);
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { quicknet } from "./chain.ts";
import { roundNotBefore, roundsToAskFor, timeOfRound } from "./rounds.ts";

test.each([
  ["2026-04-20T00:00:00.000Z", 27_946_612],
  ["2023-08-23T15:09:27.000Z", 1],
  ["2023-08-23T15:09:27.001Z", 2],
  ["2023-08-23T15:09:30.000Z", 2],
  ["2000-01-01T00:00:00.000Z", 1],
])("at or after %s the first round is %i", (at, round) => {
  expect(roundNotBefore(quicknet, Date.parse(at))).toBe(round);
});

test("a round comes at its time, never before what it was chosen for, and less than a period after it", () => {
  fc.assert(
    fc.property(fc.integer({ min: quicknet.genesisMs, max: 4_000_000_000_000 }), (atMs) => {
      const lateMs = timeOfRound(quicknet, roundNotBefore(quicknet, atMs)) - atMs;
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThan(quicknet.periodMs);
    }),
  );
});

test("rounds that are due are asked for in each look, the others in each tenth", () => {
  const nowMs = timeOfRound(quicknet, 1000);
  expect(roundsToAskFor(quicknet, [999, 1000, 1001], nowMs, 1)).toEqual([999, 1000]);
  expect(roundsToAskFor(quicknet, [999, 1000, 1001], nowMs, 10)).toEqual([999, 1000, 1001]);
});

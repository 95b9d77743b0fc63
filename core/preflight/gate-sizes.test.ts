import { expect, test } from "vitest";
import { buyersOf, type GateInstance, gateSizes, peakOf, whyTooSmall } from "./gate-sizes.ts";

test("a crowd is as large as was said, or as it takes to sell out in ten seconds", () => {
  expect(peakOf({ units: 100, attemptsPerSecond: 500 })).toBe(500);
  expect(peakOf({ units: 50_001, attemptsPerSecond: 500 })).toBe(5_001);
});

test.each<[string, number, number, RegExp | null]>([
  ["t4g.small", 10_000, 500, null],
  ["t4g.small", 10_001, 500, /1001 attempts a second are to be expected, t4g.small is good for 1000/],
  ["t4g.small", 100, 5_000, /5000 attempts/],
  ["r7g.large", 80_000, 5_000, null],
  ["t4g.micro", 3_000, 300, null],
])("%s, %i units, %i attempts a second: %s", (instance, units, attemptsPerSecond, why) => {
  const answer = whyTooSmall(instance, { units, attemptsPerSecond });
  if (why) expect(answer).toMatch(why);
  else expect(answer).toBeNull();
});

test("a larger node is good for no less", () => {
  const sizes = (Object.keys(gateSizes) as GateInstance[]).map((instance) => gateSizes[instance]);
  expect(sizes.map(buyersOf)).toEqual(sizes.map(buyersOf).toSorted((a, b) => a - b));
  const attempts = sizes.map(({ attemptsPerSecond }) => attemptsPerSecond);
  expect(attempts).toEqual(attempts.toSorted((a, b) => a - b));
});

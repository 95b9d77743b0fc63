import { expect, test } from "vitest";
import { lookAfterMs } from "./look-rhythm.ts";

const HOUR_MS = 3_600_000;

test.each([
  ["just sold something", { quietMs: 0, untilStartMs: -HOUR_MS }, 1_000],
  ["was quiet for 20 s", { quietMs: 20_000, untilStartMs: -HOUR_MS }, 2_000],
  ["was quiet for an hour", { quietMs: HOUR_MS, untilStartMs: -HOUR_MS }, 3_000],
  ["opens tomorrow", { quietMs: HOUR_MS, untilStartMs: 24 * HOUR_MS }, 15_000],
  ["opens in a minute", { quietMs: HOUR_MS, untilStartMs: 60_000 }, 3_000],
  ["opens in 20 s", { quietMs: HOUR_MS, untilStartMs: 20_000 }, 1_000],
  ["opens now", { quietMs: HOUR_MS, untilStartMs: 1 }, 1_000],
] as const)("a sale that %s", (_, scene, waitMs) => {
  expect(lookAfterMs({ isBusy: false, ...scene })).toBe(waitMs);
});

test("while something is under way, each second", () => {
  expect(lookAfterMs({ isBusy: true, quietMs: HOUR_MS, untilStartMs: 24 * HOUR_MS })).toBe(1_000);
});

test("an opening is never slept through: the wait ends long before it", () => {
  for (let untilStartMs = 2_000; untilStartMs < 24 * HOUR_MS; untilStartMs *= 1.5) {
    const waitMs = lookAfterMs({ isBusy: false, quietMs: HOUR_MS, untilStartMs });
    expect(waitMs).toBeLessThanOrEqual(Math.max(1_000, untilStartMs / 20));
  }
});

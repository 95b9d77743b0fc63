import { expect, test } from "vitest";
import { linePollAfterMs } from "./poll-after.ts";

const MINUTE_MS = 60_000;

test.each([
  ["joining", 0, 60 * MINUTE_MS, 30_000],
  ["joining", 0, MINUTE_MS, 15_000],
  ["joining", 0, 1_000, 10_000],
  ["closing", 2_000, -1_000, 2_000],
  ["drawing", 400_000, -1_000, 10_000],
  ["moving", 100, -MINUTE_MS, 2_000],
  ["moving", 1_000_000, -MINUTE_MS, 25_000],
  ["moving", 10_000_000, -MINUTE_MS, 30_000],
  ["ended", 1_000_000, -MINUTE_MS, 30_000],
] as const)(
  "a line that is %s, with %d entries, %d ms before its closing: after %d ms",
  (phase, entries, untilCloseMs, waitMs) => {
    expect(linePollAfterMs({ phase, entries, untilCloseMs })).toBe(waitMs);
  },
);

test("a million pages take a sixth of what one distribution of the CDN does", () => {
  const seconds = linePollAfterMs({ phase: "moving", entries: 1_000_000, untilCloseMs: -1 }) / 1_000;
  expect(1_000_000 / seconds).toBe(40_000);
});

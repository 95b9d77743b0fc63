import { expect, test } from "vitest";
import { parseRetries, pauseFor, quietFor, RETRIES_MS, waitAfter } from "./retries.ts";

const HOUR_MS = 3_600_000;

test("an event is tried for three days, and then given up", () => {
  const waits = Array.from({ length: 13 }, (_none, index) => waitAfter(index + 1, RETRIES_MS) ?? 0);
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(71 * HOUR_MS);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waitAfter(14, RETRIES_MS)).toBeNull();
});

test("whoever asks to be left alone is, for an hour at most", () => {
  expect(waitAfter(1, RETRIES_MS, 60_000)).toBe(60_000);
  expect(waitAfter(1, RETRIES_MS, 1_000)).toBe(5_000);
  expect(waitAfter(1, RETRIES_MS, 48 * HOUR_MS)).toBe(HOUR_MS);
});

test("an endpoint that is down is asked one call at a time, the less often the longer it is down", () => {
  expect(quietFor(9, HOUR_MS)).toBe(0);
  expect(quietFor(10, 0)).toBe(1_000);
  expect(quietFor(11, 7_000)).toBe(7_000);
  expect(quietFor(500, HOUR_MS)).toBe(60_000);
});

test("it is paused after half a day of failures, or once it says that it is gone", () => {
  expect(pauseFor(9, 48 * HOUR_MS, 500)).toBeNull();
  expect(pauseFor(10, 11 * HOUR_MS, 500)).toBeNull();
  expect(pauseFor(10, 12 * HOUR_MS, null)).toBe("failing");
  expect(pauseFor(1, 0, 410)).toBe("gone");
});

test("waits of one's own are a list of seconds", () => {
  expect(parseRetries("")).toBe(RETRIES_MS);
  expect(parseRetries("0,0.5,30")).toEqual([0, 500, 30_000]);
  expect(() => parseRetries("soon")).toThrow("WEBHOOK_RETRIES");
});

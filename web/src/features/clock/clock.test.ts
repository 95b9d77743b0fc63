import { describe, expect, it } from "vitest";
import { type ClockSample, addSample, estimateOffsetMs } from "./clock.ts";
import { clockText, countdownParts, milestonePassed, untilNextSecondMs } from "./countdown.ts";

const SERVER_MS = Date.parse("2026-11-27T09:00:00.000Z");
/** A server 600 s ahead is nothing special: the page never asks its own wall clock. */
const sample = (sentAtMs: number, roundTripMs: number, cachedMs = 0): ClockSample => ({
  sentAtMs,
  receivedAtMs: sentAtMs + roundTripMs,
  serverMs: SERVER_MS + sentAtMs + roundTripMs / 2 - cachedMs,
});

describe("the server's clock", () => {
  it("is unknown before the first answer", () => {
    expect(estimateOffsetMs([])).toBeNull();
  });

  it("is the server's time less half the round trip", () => {
    expect(estimateOffsetMs([sample(5_000, 80)])).toBe(SERVER_MS);
  });

  it("sees through a cached answer as soon as one fresh answer came", () => {
    expect(estimateOffsetMs([sample(0, 40, 900), sample(1_000, 40), sample(2_000, 40, 500)])).toBe(SERVER_MS);
  });

  it("does not trust an answer that travelled slowly", () => {
    const lopsided = { ...sample(1_000, 4_000), serverMs: SERVER_MS + 1_000 + 3_900 };
    expect(estimateOffsetMs([sample(0, 40), lopsided])).toBe(SERVER_MS);
  });

  it("forgets samples after five minutes", () => {
    const samples = addSample(addSample([], sample(0, 40)), sample(300_000, 40));
    expect(samples).toHaveLength(1);
  });
});

describe("the countdown", () => {
  it("reads zero only once the time has come", () => {
    expect(countdownParts(1).seconds).toBe(1);
    expect(countdownParts(0)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 0 });
    expect(countdownParts(-5_000)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 0 });
    expect(countdownParts(90_061_000)).toEqual({ days: 1, hours: 1, minutes: 1, seconds: 1 });
  });

  it("changes when it says it will", () => {
    for (const remainingMs of [1, 999, 1_000, 1_001, 59_999, 60_000]) {
      const later = remainingMs - untilNextSecondMs(remainingMs);
      expect(countdownParts(later).seconds).not.toBe(countdownParts(remainingMs).seconds);
    }
  });

  it("tells each milestone once, and none after the opening", () => {
    expect(milestonePassed(600_400, 599_900)).toBe(600);
    expect(milestonePassed(599_900, 599_000)).toBeNull();
    expect(milestonePassed(60_001, 60_000)).toBe(60);
    expect(milestonePassed(700_000, 9_000)).toBe(10);
    expect(milestonePassed(9_000, -10)).toBeNull();
  });
});

it("shows less than a day as a clock does", () => {
  expect(clockText(3_723_000)).toBe("01:02:03");
  expect(clockText(86_399_001)).toBeNull();
  expect(clockText(86_399_000)).toBe("23:59:59");
});

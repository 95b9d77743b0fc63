import { describe, expect, test } from "vitest";
import { phases } from "../contract/sale.ts";
import { type Interest, pollAfterMs } from "./poll-after.ts";

const HOUR_MS = 3_600_000;
const open: Interest = { phase: "open", untilStartMs: -HOUR_MS, attempts: 0, line: null };
const scheduled: Interest = { ...open, phase: "scheduled", untilStartMs: 4_000 };
const inLine = (entries: number | null) => ({ line: { entries } });

describe("while few look", () => {
  test.each([
    ["open", 1_000],
    ["paused", 2_000],
    ["recovering", 2_000],
    ["sold_out", 5_000],
    ["ended", 30_000],
  ] as const)("a page of a sale that is %s looks again after %d ms", (phase, waitMs) => {
    expect(pollAfterMs({ ...open, phase, attempts: 10 })).toBe(waitMs);
  });

  test("the page of a sale with ten visitors is never told to wait for long once it is open", () => {
    for (const sinceStartMs of [0, 1_000, 2_999])
      expect(pollAfterMs({ ...open, untilStartMs: -sinceStartMs, attempts: 10 })).toBe(3_000);
    expect(pollAfterMs({ ...open, untilStartMs: -3_000, attempts: 10 })).toBe(1_000);
  });

  test("five hundred may press Buy, and the page still looks each second", () => {
    expect(pollAfterMs({ ...open, untilStartMs: -5_000, attempts: 500 })).toBe(1_000);
    expect(pollAfterMs({ ...open, untilStartMs: -5_000, attempts: 1_000 })).toBe(2_000);
  });
});

describe("before the opening", () => {
  test("nobody can tell how many look, so a million are expected: it opens by the page's own clock", () => {
    expect(pollAfterMs(scheduled)).toBe(20_000);
    expect(pollAfterMs({ ...scheduled, attempts: null })).toBe(20_000);
    expect(pollAfterMs({ ...scheduled, untilStartMs: 100_000 })).toBe(25_000);
    expect(pollAfterMs({ ...scheduled, untilStartMs: 24 * HOUR_MS })).toBe(30_000);
    expect(pollAfterMs({ ...scheduled, untilStartMs: -500 })).toBe(20_000);
  });

  test("a pause, or tiers that bought everything up, tells no more", () => {
    for (const phase of ["paused", "sold_out"] as const)
      expect(pollAfterMs({ ...scheduled, phase, attempts: 10 })).toBe(20_000);
  });
});

describe("with the crowd", () => {
  test("attempts tell of a hundred pages each, and a million take 50,000 looks a second", () => {
    const waitMs = pollAfterMs({ ...open, untilStartMs: -10_000, attempts: 10_000 });
    expect(1_000_000 / (waitMs / 1_000)).toBe(50_000);
  });

  test("what is not known is taken for a million", () => {
    expect(pollAfterMs({ ...open, attempts: null })).toBe(20_000);
    expect(pollAfterMs({ ...open, phase: "recovering", attempts: null })).toBe(10_000);
  });

  test("after ten minutes it is those of ten minutes, on average, that tell", () => {
    const attempts = 10_000;
    expect(pollAfterMs({ ...open, untilStartMs: -600_000, attempts })).toBe(20_000);
    expect(pollAfterMs({ ...open, untilStartMs: -HOUR_MS, attempts })).toBe(3_333);
    expect(pollAfterMs({ ...open, untilStartMs: -24 * HOUR_MS, attempts })).toBe(1_000);
  });

  test("it never makes a wait shorter", () => {
    const soldOut = { ...open, phase: "sold_out", untilStartMs: -5_000 } as const;
    expect(pollAfterMs({ ...soldOut, untilStartMs: -1_000 })).toBe(5_000);
    expect(pollAfterMs({ ...soldOut, attempts: 2_500 })).toBe(5_000);
    expect(pollAfterMs({ ...soldOut, attempts: 5_000 })).toBe(10_000);
  });
});

describe("with a line", () => {
  test("its entries tell, from before the opening on, and attempts do not", () => {
    for (const interest of [open, { ...open, untilStartMs: 0, attempts: 50_000 }, scheduled]) {
      expect(pollAfterMs({ ...interest, ...inLine(10) })).toBe(1_000);
      expect(pollAfterMs({ ...interest, ...inLine(100_000) })).toBe(10_000);
      expect(pollAfterMs({ ...interest, ...inLine(1_000_000) })).toBeGreaterThanOrEqual(20_000);
    }
  });

  test("until they are counted a million are expected", () => {
    expect(pollAfterMs({ ...scheduled, ...inLine(null) })).toBe(20_000);
    expect(pollAfterMs({ ...open, ...inLine(null) })).toBe(20_000);
  });
});

test.each(phases)(
  "a page of a sale that is %s looks again within half a minute, and in whole milliseconds",
  (phase) => {
    expect(pollAfterMs({ ...open, phase, attempts: 123_456_789 })).toBeLessThanOrEqual(30_000);
    expect(Number.isInteger(pollAfterMs({ ...open, phase, attempts: 12_345 }))).toBe(true);
  },
);

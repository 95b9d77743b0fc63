import { describe, expect, test } from "vitest";
import { phases } from "../contract/sale.ts";
import { type Interest, NO_ASKS, pollAfterMs } from "./poll-after.ts";

const open: Interest = {
  phase: "open",
  hasLine: false,
  untilStartMs: -3_600_000,
  allocated: 5,
  attempts: 0,
  asks: NO_ASKS,
};

describe("while few look", () => {
  test.each([
    ["open", -1, 1_000],
    ["paused", -1, 2_000],
    ["recovering", -1, 2_000],
    ["sold_out", -1, 5_000],
    ["ended", -1, 30_000],
    ["scheduled", 86_400_000, 30_000],
    ["scheduled", 40_000, 10_000],
    ["scheduled", 1_000, 1_000],
    ["scheduled", -500, 1_000],
  ] as const)("a sale that is %s, %d ms before its start: after %d ms", (phase, untilStartMs, waitMs) => {
    expect(pollAfterMs({ ...open, phase, untilStartMs })).toBe(waitMs);
  });
});

describe("with the crowd", () => {
  test("a million attempts slow an open sale down to 50,000 looks a second", () => {
    const waitMs = pollAfterMs({ ...open, attempts: 1_000_000 });
    expect(1_000_000 / (waitMs / 1000)).toBe(50_000);
  });

  test("before the opening so many are expected for each unit; a minute after it the attempts tell", () => {
    const large = { ...open, allocated: 10_000 };
    expect(pollAfterMs({ ...large, phase: "scheduled", untilStartMs: 4_000 })).toBe(20_000);
    expect(pollAfterMs({ ...large, untilStartMs: -59_999 })).toBe(20_000);
    expect(pollAfterMs({ ...large, untilStartMs: -60_000 })).toBe(1_000);
    expect(pollAfterMs({ ...large, untilStartMs: -60_000, attempts: 100_000 })).toBe(2_000);
  });

  test("those who wait in a line are expected as long as it lasts", () => {
    const long = { ...open, allocated: 10_000, attempts: 200, hasLine: true };
    expect(pollAfterMs(long)).toBe(20_000);
    expect(pollAfterMs({ ...long, phase: "sold_out" })).toBe(20_000);
  });

  test("after a sell-out they are expected for ten minutes, as most attempts are answered without the gate", () => {
    const soldOut = { ...open, allocated: 10_000, phase: "sold_out" } as const;
    expect(pollAfterMs({ ...soldOut, untilStartMs: -599_999 })).toBe(20_000);
    expect(pollAfterMs({ ...soldOut, untilStartMs: -600_000 })).toBe(5_000);
  });

  test("the crowd never makes a wait shorter", () => {
    expect(pollAfterMs({ ...open, phase: "sold_out", attempts: 100_000 })).toBe(5_000);
    expect(pollAfterMs({ ...open, phase: "sold_out", attempts: 500_000 })).toBe(10_000);
  });

  test("an instance that is asked too often asks for patience, and keeps to it", () => {
    const once = pollAfterMs({ ...open, asks: { perSecond: 5_000, waitMs: 1_000 } });
    expect(once).toBe(5_000);
    expect(pollAfterMs({ ...open, asks: { perSecond: 1_000, waitMs: once } })).toBe(once);
    expect(pollAfterMs({ ...open, asks: { perSecond: 100, waitMs: once } })).toBe(1_000);
  });

  test.each(phases)(
    "a page of a sale that is %s looks again within half a minute, and in whole milliseconds",
    (phase) => {
      const waitMs = pollAfterMs({
        ...open,
        phase,
        attempts: 123_456_789,
        asks: { perSecond: 77_777, waitMs: 29_999 },
      });
      expect(waitMs).toBeLessThanOrEqual(30_000);
      expect(Number.isInteger(pollAfterMs({ ...open, phase, attempts: 123_457 }))).toBe(true);
    },
  );
});

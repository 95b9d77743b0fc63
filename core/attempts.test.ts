import { expect, test } from "vitest";
import { createAttempts } from "./attempts.ts";

/** Attempts of a process whose clocks the test moves. */
function attemptsAt(at = { ms: 0 }) {
  return { at, attempt: createAttempts({ nowMs: () => at.ms, monotonicMs: () => at.ms }) };
}

test("half of them and one come at once, each other one after a pause, and the wait that is told is exact", () => {
  const { at, attempt } = attemptsAt();
  const ask = () => attempt("ann", 10);
  expect(Array.from({ length: 7 }, ask)).toEqual([0, 0, 0, 0, 0, 0, 2_000]);
  at.ms = 1_999;
  expect(ask()).toBe(1);
  at.ms = 2_000;
  expect([ask(), ask()]).toEqual([0, 2_000]);
});

test.each([1, 2, 3, 10, 1_000])("no ten seconds let more than %i through", (limit) => {
  const { at, attempt } = attemptsAt();
  const passedAt: number[] = [];
  for (; at.ms < 40_000; at.ms += 10) if (attempt("ann", limit) === 0) passedAt.push(at.ms);
  for (const from of passedAt)
    expect(passedAt.filter((ms) => ms >= from && ms < from + 10_000).length).toBeLessThanOrEqual(limit);
});

test("nobody's are taken from another, and a clock that was set back holds nobody up", () => {
  const clock = { wallMs: 0, monotonicMs: 0 };
  const attempt = createAttempts({ nowMs: () => clock.wallMs, monotonicMs: () => clock.monotonicMs });
  expect([attempt("ann", 1), attempt("ann", 1), attempt("bob", 1)]).toEqual([0, 10_000, 0]);
  clock.wallMs = -600_000;
  clock.monotonicMs = 10_000;
  expect(attempt("ann", 1)).toBe(0);
});

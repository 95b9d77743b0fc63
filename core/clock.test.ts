import { expect, test } from "vitest";
import { startStopwatch } from "./clock.ts";

function clockAt(instants: readonly { readonly wall: number; readonly monotonic: number }[]) {
  let at = 0;
  const now = () => instants[Math.min(at, instants.length - 1)]!;
  return { nowMs: () => now().wall, monotonicMs: () => now().monotonic, pass: () => void at++ };
}

test.each([
  ["a wall clock set back", { wall: -600_000, monotonic: 40 }, 40],
  ["a monotonic clock that stood still while frozen", { wall: 60_000, monotonic: 0 }, 60_000],
  ["both alike", { wall: 7, monotonic: 7 }, 7],
])("time passed by the larger difference: %s", (_, passed, expected) => {
  const wall = Date.parse("2026-11-27T09:00:00.000Z");
  const start = { wall, monotonic: 5 };
  const clock = clockAt([start, { wall: wall + passed.wall, monotonic: 5 + passed.monotonic }]);
  const elapsedMs = startStopwatch(clock);
  clock.pass();
  expect(elapsedMs()).toBe(expected);
});

import { expect, test } from "vitest";
import { costOf } from "./cost.ts";
import { createLoadMeter } from "./load-meter.ts";
import { judge, laneOf } from "./risk.ts";

const quiet = { ofSource: 1, ofSourceLately: 1, ofNeighbourhood: 1 };

test.each([
  [quiet, 0, null, 0],
  [{ ...quiet, ofSource: 5, ofSourceLately: 3 }, 0, null, 0],
  [{ ...quiet, ofSource: 6 }, 1, "address", 0],
  [{ ...quiet, ofSource: 30 }, 2, "address", 1],
  [{ ...quiet, ofSource: 10_000 }, 3, "address", 1],
  [{ ofSource: 15, ofSourceLately: 15, ofNeighbourhood: 15 }, 2, "burst", 1],
  [{ ...quiet, ofNeighbourhood: 150 }, 2, "network", 1],
] as const)("of %j the risk is %i, by the %s: lane %i", (surroundings, risk, why, lane) => {
  const judged = judge(surroundings);
  expect(judged).toEqual({ risk, why });
  expect(laneOf(judged)).toBe(lane);
});

test("risk and load make the puzzle dearer, up to a limit", () => {
  expect([costOf(0, 0), costOf(0, 0.5), costOf(0, 1), costOf(1, 0), costOf(2, 1)]).toEqual([
    2_000, 3_000, 4_000, 4_000, 16_000,
  ]);
  expect(costOf(3, 1)).toBe(16_000);
  expect(costOf(0, 9)).toBe(costOf(0, 1));
  expect(costOf(0, -1)).toBe(costOf(0, 0));
});

test("load is what was counted in this second or the last, and forgotten after it", () => {
  let nowMs = 1_000_000;
  const meter = createLoadMeter({ nowMs: () => nowMs });
  expect(meter.note()).toBe(0.05);
  for (let i = 0; i < 30; i++) meter.note();
  expect(meter.note()).toBe(1);
  nowMs += 1_000;
  expect(meter.note()).toBe(1);
  nowMs += 2_000;
  expect(meter.note()).toBe(0.05);
});

import { expect, test } from "vitest";
import { aBuyer } from "../../tests/support/test-sale.ts";
import { laneNow, reasonCounts, wasUndone } from "./lanes.ts";

const [first, other] = [aBuyer(), aBuyer()];
const nothing = { reasons: new Set<"network">(), buyers: new Set<typeof first>() };

test.each([
  ["nothing undone", nothing, 1],
  ["its reason undone", { ...nothing, reasons: new Set(["network"] as const) }, 0],
  ["another reason undone", { ...nothing, reasons: new Set(["burst"] as const) }, 1],
  ["its buyer undone", { ...nothing, buyers: new Set([first]) }, 0],
  ["another buyer undone", { ...nothing, buyers: new Set([other]) }, 1],
] as const)("an entry of lane 1 with %s", (_, undone, lane) => {
  expect(laneNow({ buyerId: first, why: "network", lane: 1 }, undone)).toBe(lane);
});

test("undoing moves nobody into lane 1", () => {
  expect(laneNow({ buyerId: first, why: null, lane: 0 }, nothing)).toBe(0);
});

test("an entry was undone if something put it into lane 1 and it is in lane 0", () => {
  expect(wasUndone({ lane: 0, why: "burst" })).toBe(true);
  expect(wasUndone({ lane: 1, why: "burst" })).toBe(false);
  expect(wasUndone({ lane: 0, why: null })).toBe(false);
});

test("reasons are counted with what was undone of them, the most first", () => {
  const demoted = [
    { buyerId: first, why: "burst" },
    { buyerId: other, why: "network" },
    { buyerId: aBuyer(), why: "network" },
    { buyerId: aBuyer(), why: null },
  ] as const;
  expect(reasonCounts(demoted, { ...nothing, buyers: new Set([other]) })).toEqual([
    { why: "network", entries: 2, undone: 1, isUndone: false },
    { why: "burst", entries: 1, undone: 0, isUndone: false },
  ]);
  expect(reasonCounts([], { ...nothing, reasons: new Set(["network"] as const) })).toEqual([
    { why: "network", entries: 0, undone: 0, isUndone: true },
  ]);
});

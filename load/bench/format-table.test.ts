import { expect, test } from "vitest";
import { formatTable } from "./format-table.ts";
import { missedBy, ratio } from "./measurement.ts";

test.each([
  ["942 µs (function 189)", "≤ 700 µs", "35 % over its goal"],
  ["0.27× (5465 against 28477)", "≥ 0.6×", "55 % below its goal"],
  ["1.37× (262 against 155 µs)", "≤ 1.3×", "5 % over its goal"],
  ["1.02", "0", "missed"],
])("%s, where the goal is %s, is %s", (figure, goal, said) => {
  expect(missedBy({ figure, goal })).toBe(said);
});

test("a missed budget says why behind its line, a met one does not", () => {
  const why = "it is bound by copies";
  const missed = ratio("rows", 0.3, "3 against 10", { least: 0.6 }, why);
  const met = ratio("rows again", 0.7, "7 against 10", { least: 0.6 }, why);
  expect(formatTable([missed, met]).split("\n")).toEqual([
    "MISS  rows        ≥ 0.6×  0.30× (3 against 10)",
    "      50 % below its goal: it is bound by copies",
    "pass  rows again  ≥ 0.6×  0.70× (7 against 10)",
  ]);
});

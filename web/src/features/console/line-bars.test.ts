import { expect, test } from "vitest";
import { barsOf, shareOf } from "./line-bars.ts";

const row = { list: 0, lane: 0, entries: 200, admitted: 100, bought: 50, lapsed: 30, waiting: 100 } as const;

test("entries are bought, inside, lapsed or waiting, and nothing twice", () => {
  expect(shareOf(row)).toEqual({ bought: 50, inside: 20, lapsed: 30, waiting: 100 });
});

test("bars stand one behind the other, as long as the list is beside the longest", () => {
  expect(barsOf(row, 400)).toEqual([
    { part: "bought", x: 0, width: 12.5 },
    { part: "inside", x: 12.5, width: 5 },
    { part: "lapsed", x: 17.5, width: 7.5 },
    { part: "waiting", x: 25, width: 25 },
  ]);
  expect(barsOf({ ...row, entries: 0 }, 0).map(({ width }) => width)).toEqual([0, 0, 0, 0]);
});

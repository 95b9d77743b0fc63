import { expect, test } from "vitest";
import { moments, saleAt, visitorAt } from "./moment.ts";

const sale = {
  phase: "scheduled",
  stock: { allocated: 5, available: 5, held: 0, sold: 0, withheld: 0 },
} as never;

test("each moment is a phase of its own, and only a sold out sale has nothing left", () => {
  const shown = moments.map((moment) => saleAt(sale, moment));
  expect(shown.map(({ phase }) => phase)).toEqual(["scheduled", "open", "sold_out", "ended"]);
  expect(shown.map(({ stock }) => stock?.available)).toEqual([5, 5, 0, 5]);
});

test("before the opening and after the end nobody is signed in", () => {
  expect(moments.map((moment) => visitorAt(moment).kind)).toEqual([
    "anonymous",
    "signed_in",
    "signed_in",
    "anonymous",
  ]);
});

import { expect, test } from "vitest";
import { Bound } from "./concurrency.ts";

function bounded(atOnce: number, inLine: number) {
  const bound = new Bound({ atOnce, inLine });
  const ran: string[] = [];
  return { bound, ran, enter: (name: string) => bound.enter(() => ran.push(name)) };
}

test("so many run at once, as many wait, any more are refused", () => {
  const { ran, enter } = bounded(2, 1);
  expect(["a", "b", "c", "d"].map(enter)).toEqual([true, true, true, false]);
  expect(ran).toEqual(["a", "b"]);
});

test("whoever leaves lets the first of the line in", () => {
  const { bound, ran, enter } = bounded(1, 2);
  ["a", "b", "c"].map(enter);
  bound.leave();
  expect(ran).toEqual(["a", "b"]);
  expect(enter("d")).toBe(true);
  bound.leave();
  bound.leave();
  expect(ran).toEqual(["a", "b", "c", "d"]);
});

test("when all have left, the next runs at once", () => {
  const { bound, ran, enter } = bounded(1, 0);
  enter("a");
  bound.leave();
  enter("b");
  expect(ran).toEqual(["a", "b"]);
  expect(enter("c")).toBe(false);
});

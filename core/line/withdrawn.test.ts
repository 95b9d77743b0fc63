import { expect, test } from "vitest";
import { hasLeft, nobodyLeft, withLeaf } from "./withdrawn.ts";

const all = (leaves: readonly string[], before = nobodyLeft) => leaves.reduce(withLeaf, before);

test("each state knows those who had left by then, and no others", () => {
  const two = all(["a", "b"]);
  const three = withLeaf(two, "c");
  expect(["a", "b", "c"].map((leaf) => hasLeft(two, leaf))).toEqual([true, true, false]);
  expect(["a", "b", "c", "d"].map((leaf) => hasLeft(three, leaf))).toEqual([true, true, true, false]);
});

test("what was tried behind a state and came to nothing is in no other", () => {
  const one = all(["a"]);
  const tried = withLeaf(one, "tried");
  const there = all(["b", "tried"], one);
  expect(["a", "b", "tried"].map((leaf) => hasLeft(tried, leaf))).toEqual([true, false, true]);
  expect(["a", "b", "tried"].map((leaf) => hasLeft(there, leaf))).toEqual([true, true, true]);
  expect([one.count, tried.count, there.count, nobodyLeft.count]).toEqual([1, 2, 3, 0]);
});

test("whoever left twice is there once", () => {
  expect(all(["a", "a"]).count).toBe(1);
});

test("a state copies nothing of the one before: a log of many leavers costs each line alone", () => {
  const before = all(["a", "b"]);
  expect(withLeaf(before, "c").places).toBe(before.places);
});

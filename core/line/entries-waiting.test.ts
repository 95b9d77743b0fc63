import { expect, test } from "vitest";
import { entriesWaiting } from "./entries-waiting.ts";
import { type LoggedList, noLine } from "./line-state.ts";
import { rankOf } from "./lot.ts";

const list = (number: number, entries: number | null): LoggedList => ({
  list: number,
  closingAtMs: 0,
  root: entries === null ? null : { root: "", lane0: entries - 1, lane1: 1, round: 1, atMs: 0 },
  key: null,
});

test("nobody knows how many wait before the first list is counted", () => {
  expect(entriesWaiting(noLine)).toBeNull();
  expect(entriesWaiting({ ...noLine, lists: [list(0, null)] })).toBeNull();
});

test("entries of the list whose turn it is and of those after it wait", () => {
  const lists = [list(0, 100), list(1, 20), list(2, 3), list(3, null)];
  expect(entriesWaiting({ ...noLine, lists })).toBe(123);
  expect(entriesWaiting({ ...noLine, lists, upTo: rankOf(1, 0, "ff".repeat(32)) })).toBe(23);
});

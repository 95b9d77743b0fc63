import { expect, test } from "vitest";
import { misplacedTurns, publishedPlaces } from "./published-order.ts";

const key = "ab".repeat(32);
const entries = ["01", "02", "03", "04"].map((byte) => ({
  leaf: byte.repeat(32),
  list: 0,
  lane: 0,
  quantity: 1,
}));
const keyLine = JSON.stringify({ kind: "key", list: 0, key });

/** The four leaves by rank, and a log that lets the first two in, then the third. */
const ranks = [...publishedPlaces({ "/log/0": `${keyLine}\n` }, entries)]
  .map(([leaf, { rank }]) => ({ leaf, rank }))
  .toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
const step = (n: number, after: string, upTo: string) =>
  JSON.stringify({ kind: "step", step: n, after, upTo, quantityAtMost: 255 });
const files = {
  "/log/1": `${step(2, ranks[1]!.rank, ranks[2]!.rank)}\n`,
  "/log/0": `${keyLine}\n${step(1, "", ranks[1]!.rank)}\n`,
};
const places = publishedPlaces(files, entries);
const turns = ranks.slice(0, 3).map(({ leaf, rank }, n) => ({ leaf, rank, step: n < 2 ? 1 : 2 }));

test("a place is a rank, and the step whose range has it", () => {
  expect(ranks.map(({ leaf }) => places.get(leaf)?.step)).toEqual([1, 1, 2, null]);
});

test("turns as they are published are in their place", () => {
  expect(misplacedTurns(turns, places, new Set([ranks[0]!.leaf]))).toEqual([]);
});

test("another step, another rank, and a leaf of no list are named", () => {
  const [first, second] = [turns[0]!, turns[1]!];
  const wrong = [
    { ...first, step: 2 },
    { ...second, rank: first.rank },
    { ...first, leaf: "05".repeat(32) },
  ];
  expect(misplacedTurns(wrong, places, new Set())).toHaveLength(3);
});

test("whoever bought without a turn is named", () => {
  expect(misplacedTurns(turns, places, new Set([ranks[3]!.leaf]))).toEqual([
    `${ranks[3]!.leaf} bought, and no step is its turn`,
  ]);
});

test("an entry whose list has no key has no place", () => {
  expect(publishedPlaces(files, [{ leaf: "01".repeat(32), list: 1, lane: 0, quantity: 1 }]).size).toBe(0);
});

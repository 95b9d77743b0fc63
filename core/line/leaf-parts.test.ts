import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { hasLeafIn, leafParts, leafPartsOf, partOfLeaf } from "./leaf-parts.ts";

const leafOf = (i: number) => createHash("sha256").update(`leaf ${i}`).digest("hex");
const listOf = (count: number) => Array.from({ length: count }, (_, i) => leafOf(i)).toSorted();
const asBytes = (leaves: readonly string[]) => Buffer.from(leaves.join(""), "hex");

test.each([
  [0, 1],
  [1, 1],
  [96, 1],
  [97, 2],
  [20_000, 256],
  [1_000_000, 16_384],
])("a list of %i entries has %i parts", (count, parts) => {
  expect(leafPartsOf(count)).toBe(parts);
});

test("each leaf of a list is in its part, and none that is not of the list is in any", () => {
  const leaves = listOf(5_000);
  const parts = leafParts(asBytes(leaves));
  expect(parts).toHaveLength(64);
  const isIn = (leaf: string) => hasLeafIn(parts[partOfLeaf(leaves.length, leaf)]!, leaf);
  expect(leaves.filter((leaf) => !isIn(leaf))).toEqual([]);
  const others = Array.from({ length: 5_000 }, (_, i) => leafOf(5_000 + i));
  expect(others.filter(isIn)).toEqual([]);
  // Not two leaves that begin alike, and not the middle of two lines.
  expect(parts.flatMap((part) => part.split("\n"))).toEqual(leaves.map((leaf) => leaf.slice(0, 24)));
});

test("the first leaf and the last one of all are in the first part and the last one", () => {
  expect(partOfLeaf(5_000, "00".repeat(32))).toBe(0);
  expect(partOfLeaf(5_000, "ff".repeat(32))).toBe(63);
});

test("no part takes more than DynamoDB reads for one unit", () => {
  const sizes = leafParts(asBytes(listOf(20_000))).map((part) => part.length);
  expect(Math.max(...sizes)).toBeLessThan(4_000);
});

test("a list of nobody has one part, and nobody in it", () => {
  expect(leafParts(Buffer.alloc(0))).toEqual([""]);
  expect(hasLeafIn("", leafOf(1))).toBe(false);
});

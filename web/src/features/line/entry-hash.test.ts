import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Receipt } from "../api/contract.ts";
import { commitmentOf, leafOf, rankBy } from "./entry-hash.ts";
import { findInList } from "./find-in-list.ts";
import { alarmsOf, withRoots } from "./seen-line.ts";

const path = new URL("../../../../docs/fairness-vectors.json", import.meta.url);
type Vectors = {
  readonly entries: readonly (Receipt & { readonly commitment: string })[];
  readonly room: { readonly "": { readonly lists: readonly { readonly root: string }[] } };
};
const vectors = JSON.parse(readFileSync(path, "utf8")) as Vectors;

test("a browser's own functions give commitment and leaf of docs/fairness.md", async () => {
  for (const entry of vectors.entries) {
    expect(await commitmentOf(entry)).toBe(entry.commitment);
    expect(await leafOf(entry)).toBe(entry.leaf);
  }
});

test("a rank is list, lane and the lot of the leaf", async () => {
  const { createHmac } = await import("node:crypto");
  const entry = vectors.entries[1]!;
  const key = "5c".repeat(32);
  const lot = createHmac("sha256", Buffer.from(key, "hex"))
    .update(Buffer.from(entry.leaf, "hex"))
    .digest("hex");
  expect(await rankBy(key, entry)).toBe(`00000003.1.${lot}`);
});

/** 40 entries to ten a page; a leaf is its line. */
const lines = Array.from({ length: 40 }, (_, i) => (i * 5 + 3).toString(16).padStart(2, "0").repeat(32));
const search = (leaf: string, read: number[] = []) => ({
  pages: 4,
  leaf,
  line: leaf,
  read: async (page: number) => {
    read.push(page);
    return `${lines.slice(page * 10, page * 10 + 10).join("\n")}\n`;
  },
  leafOfLine: async (line: string) => line,
});

test("every entry is found in the pages of its list, without reading all of them", async () => {
  for (const leaf of lines) {
    const read: number[] = [];
    expect(await findInList(search(leaf, read))).toBe(true);
    expect(read.length).toBeLessThanOrEqual(2);
  }
});

const at = (first: number) => Array.from({ length: 40 }, (_, i) => (first + i).toString(16).repeat(32));

test("a guess that is pages too far is corrected, down and up", async () => {
  for (const leaves of [at(0xd0), at(0x10)])
    for (const leaf of leaves) {
      const read = async (page: number) => leaves.slice(page * 10, page * 10 + 10).join("\n");
      expect(await findInList({ ...search(leaf), read })).toBe(true);
    }
});

test("one that was left out is missed", async () => {
  for (const leaf of ["00", "45", "c9", "ff"].map((byte) => byte.repeat(32)))
    expect(await findInList(search(leaf))).toBe(false);
  expect(await findInList({ ...search("45".repeat(32)), pages: 0 })).toBe(false);
});

const a = "a".repeat(64);
const b = "b".repeat(64);
const heard = (root: string | null, log: { lines: number; hash: string }) =>
  ({ lists: [{ list: 0, root }], log }) as unknown as Parameters<typeof alarmsOf>[1];

test("a page shouts when a root or the log is another, and not when a copy is older", () => {
  const seen = { roots: { 0: a }, log: { lines: 5, hash: a } };
  expect(alarmsOf(seen, heard(a, { lines: 5, hash: a }))).toEqual([]);
  expect(alarmsOf(seen, heard(null, { lines: 4, hash: b }))).toEqual([]);
  expect(alarmsOf(seen, heard(a, { lines: 9, hash: b }))).toEqual([]);
  expect(alarmsOf(seen, heard(b, { lines: 9, hash: b }))).toEqual(["root_changed"]);
  expect(alarmsOf(seen, heard(a, { lines: 5, hash: b }))).toEqual(["log_changed"]);
});

test("a root that was seen once stays", () => {
  const seen = { roots: { 0: a }, log: null };
  expect(withRoots(seen, heard(b, { lines: 1, hash: a })).roots).toEqual({ 0: a });
  expect(withRoots({ roots: {}, log: null }, heard(b, { lines: 1, hash: a })).roots).toEqual({ 0: b });
});

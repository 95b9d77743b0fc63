import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { BuyerId, SaleId } from "../ids.ts";
import { closeList, parseListPage, rootOfList } from "./closed-list.ts";
import { commitmentOf, type Lane, leafOf } from "./leaf.ts";
import { noLine } from "./line-state.ts";
import { keyOf, lotOf, rankOf } from "./lot.ts";
import { merkleRoot } from "./merkle-root.ts";
import { peopleIn, rankList } from "./ranked-list.ts";
import { readLines } from "./read-log.ts";
import { roundOf } from "./round.ts";
import type { LineMode } from "../contract/line.ts";

type Text = Record<string, string>;
type Line = Readonly<Text> & { readonly "": { readonly saleId: SaleId } };
/** Written by who had not seen this code, from docs/fairness.md. */
const vectors = JSON.parse(readFileSync("docs/fairness-vectors.json", "utf8")) as {
  entries: (Text & { saleId: SaleId; buyerId: BuyerId; list: number; lane: Lane; quantity: number })[];
  roots: { leaves: string[]; root: string }[];
  rounds: {
    mode: LineMode;
    startsAtMs: number;
    resultAtMs: number | null;
    rootAtMs: number;
    round: number;
  }[];
  keys: (Text & { saleId: SaleId; list: number; round: number })[];
  lots: (Text & { list: number; lane: Lane })[];
  room: Line;
  draw: Line;
};
const quicknet = { genesisMs: 1_692_803_367_000, periodMs: 3_000 };

describe("the test vectors of docs/fairness.md", () => {
  test("leaves", () => {
    for (const { salt = "", commitment, leaf, ...entry } of vectors.entries) {
      const made = commitmentOf(Buffer.from(salt, "hex"), entry.buyerId);
      expect(made.toString("hex")).toBe(commitment);
      expect(leafOf({ ...entry, commitment: made }).toString("hex")).toBe(leaf);
    }
  });

  test("roots", () => {
    for (const { leaves, root } of vectors.roots)
      expect(merkleRoot(Buffer.from(leaves.join(""), "hex")).toString("hex")).toBe(root);
  });

  test("rounds", () => {
    for (const { rootAtMs, round, ...rule } of vectors.rounds)
      expect(roundOf(rule, rootAtMs, quicknet)).toBe(round);
  });

  test("keys", () => {
    for (const { key, root = "", chainHash = "", signature = "", ...parts } of vectors.keys)
      expect(keyOf({ ...parts, root, chainHash, signature })).toBe(key);
  });

  test("lots", () => {
    for (const { key = "", leaf = "", lot = "", rank, list, lane } of vectors.lots) {
      expect(lotOf(key, leaf)).toBe(lot);
      expect(rankOf(list, lane, lot)).toBe(rank);
    }
  });

  test.each(["room", "draw"] as const)("a whole %s is read, and keeps the laws", (name) => {
    const files = vectors[name];
    const { saleId } = files[""];
    const state = readLines(saleId, noLine, files["/log/0"]!.trimEnd().split("\n"));
    const ranked = state.lists.flatMap(({ list, root, key }) => {
      if (!root) return [];
      const closed = closeList(saleId, list, parseListPage(files[`/lists/${list}/0`]!));
      expect(rootOfList(closed)).toBe(root.root);
      return key ? [rankList(closed, key.key)] : [];
    });
    for (const step of state.steps) {
      const people = ranked.map((list) => peopleIn(list, step).people);
      expect(people.reduce((sum, some) => sum + some, 0)).toBe(step.people);
    }
    expect(state.steps.length).toBeGreaterThan(0);
  });
});

import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { BuyerId, SaleId } from "../ids.ts";
import type { Lane } from "./leaf.ts";
import { closeList, lanesOf, listedEntry, listPage, parseListPage, rootOfList } from "./closed-list.ts";
import { keyOf, lotOf, rankOf } from "./lot.ts";
import { peopleIn, positionAfter, rankAt, rankList } from "./ranked-list.ts";
import { sortHashes } from "./sort-hashes.ts";

const saleId = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId;
const sha = (text: string) => createHash("sha256").update(text).digest();
const laneOf = (i: number): Lane => (i % 5 === 0 ? 1 : 0);
const entry = (i: number) => ({
  buyerId: `byr_01J9ZQ4Z6XWT9YV3W3V9K${String(i).padStart(5, "0")}` as BuyerId,
  salt: sha(`salt ${i}`).subarray(0, 16),
  lane: laneOf(i),
  quantity: 1 + (i % 3),
});
const key = sha("key").toString("hex");
const closed = closeList(
  saleId,
  7,
  Array.from({ length: 200 }, (_, i) => listedEntry(entry(i))),
);
const ranked = rankList(closed, key);

describe("a closed list", () => {
  test("has the leaves of docs/fairness.md, in the order of their bytes", () => {
    const expected = Array.from({ length: 200 }, (_, i) => {
      const { buyerId, salt, lane, quantity } = entry(i);
      const commitment = createHash("sha256").update(salt).update(buyerId).digest();
      const fields = Buffer.from([0, 0, 0, 7, lane, 0, quantity]);
      return createHash("sha256")
        .update(Buffer.of(0))
        .update(saleId)
        .update(fields)
        .update(commitment)
        .digest("hex");
    }).toSorted();
    const found = Array.from({ length: 200 }, (_, i) => closed.leaves.toString("hex", i * 32, i * 32 + 32));
    expect(found).toEqual(expected);
  });

  test("is the same whatever the order of its entries", () => {
    const backwards = Array.from({ length: 200 }, (_, i) => listedEntry(entry(199 - i)));
    expect(rootOfList(closeList(saleId, 7, backwards))).toBe(rootOfList(closed));
  });

  test("is read back from its page", () => {
    const read = closeList(saleId, 7, parseListPage(listPage(closed, 0)));
    expect(rootOfList(read)).toBe(rootOfList(closed));
    expect(lanesOf(read)).toEqual({ lane0: 160, lane1: 40 });
  });
});

describe("a ranked list", () => {
  const ranks = Array.from({ length: ranked.count }, (_, i) => rankAt(ranked, i));

  test("has every entry's rank once, in the order of the text", () => {
    const expected = Array.from({ length: 200 }, (_, i) => {
      const leaf = closed.leaves.subarray(i * 32, i * 32 + 32);
      const lot = createHmac("sha256", Buffer.from(key, "hex")).update(leaf).digest("hex");
      expect(lotOf(key, leaf.toString("hex"))).toBe(lot);
      return rankOf(7, closed.lanes[i] === 1 ? 1 : 0, lot);
    }).toSorted();
    expect(ranks).toEqual(expected);
  });

  test("knows how many come up to a rank, and who fits into a range", () => {
    expect(positionAfter(ranked, "")).toBe(0);
    expect(ranks.map((rank) => positionAfter(ranked, rank))).toEqual(ranks.map((_, i) => i + 1));
    const range = { after: ranks[9]!, upTo: ranks[29]!, quantityAtMost: 2 };
    const quantities = [...ranked.quantities.subarray(10, 30)].filter((quantity) => quantity <= 2);
    expect(peopleIn(ranked, range)).toEqual({
      people: quantities.length,
      units: quantities.reduce((a, b) => a + b),
    });
  });

  test("the key follows from root, chain, round and signature", () => {
    const parts = {
      saleId,
      list: 7,
      root: "11".repeat(32),
      chainHash: "22".repeat(32),
      round: 258,
      signature: "33".repeat(48),
    };
    const expected = createHash("sha256")
      .update(`flash-sale/line/v1${saleId}`)
      .update(Buffer.from([0, 0, 0, 7]))
      .update(Buffer.alloc(32, 0x11))
      .update(Buffer.alloc(32, 0x22))
      .update(Buffer.from([0, 0, 0, 0, 0, 0, 1, 2]))
      .update(Buffer.alloc(48, 0x33))
      .digest("hex");
    expect(keyOf(parts)).toBe(expected);
  });
});

test("hashes that begin alike are ordered by the rest of their bytes", () => {
  const hashes = Buffer.alloc(32 * 40, 0xab);
  for (let i = 0; i < 40; i++) hashes[i * 32 + 31] = (i * 17) % 40;
  const ends = [...sortHashes(hashes)].map((i) => hashes[i * 32 + 31]);
  expect(ends).toEqual(Array.from({ length: 40 }, (_, i) => i));
});

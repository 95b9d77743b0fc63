import type { BuyerId, SaleId } from "../ids.ts";
import { HASH_BYTES } from "./bytes.ts";
import { commitmentOf, type Lane, leafWriter } from "./leaf.ts";
import { merkleRoot } from "./merkle-root.ts";
import { sortHashes } from "./sort-hashes.ts";

/** The entries of a list that nobody joins any more, in the order of their leaves. A million of them take 70 MB. */
export type ClosedList = {
  readonly saleId: SaleId;
  readonly list: number;
  readonly count: number;
  readonly leaves: Buffer;
  readonly commitments: Buffer;
  readonly lanes: Uint8Array;
  readonly quantities: Uint8Array;
};

export type JoinedEntry = {
  readonly buyerId: BuyerId;
  readonly salt: Uint8Array;
  readonly lane: Lane;
  readonly quantity: number;
};

export type ListedEntry = Pick<JoinedEntry, "lane" | "quantity"> & { readonly commitment: Uint8Array };

export const listedEntry = ({ buyerId, salt, lane, quantity }: JoinedEntry): ListedEntry => ({
  commitment: commitmentOf(salt, buyerId),
  lane,
  quantity,
});

/** Entries by number, however they are kept: a million objects would take too much room. */
export type EntriesByNumber = {
  readonly length: number;
  readonly at: (i: number) => ListedEntry | undefined;
};

/** Puts the entries of a list into the order of their leaves. */
export function closeList(saleId: SaleId, list: number, entries: EntriesByNumber): ClosedList {
  const count = entries.length;
  const leaves = Buffer.alloc(count * HASH_BYTES);
  const writeLeaf = leafWriter(saleId, list);
  for (let i = 0; i < count; i++) writeLeaf(entries.at(i)!, leaves, i * HASH_BYTES);
  const closed = {
    saleId,
    list,
    count,
    leaves: Buffer.alloc(leaves.length),
    commitments: Buffer.alloc(leaves.length),
    lanes: new Uint8Array(count),
    quantities: new Uint8Array(count),
  };
  sortHashes(leaves).forEach((from, to) => {
    const entry = entries.at(from)!;
    leaves.copy(closed.leaves, to * HASH_BYTES, from * HASH_BYTES, (from + 1) * HASH_BYTES);
    closed.commitments.set(entry.commitment, to * HASH_BYTES);
    closed.lanes[to] = entry.lane;
    closed.quantities[to] = entry.quantity;
  });
  return closed;
}

export const rootOfList = ({ leaves }: ClosedList): string => merkleRoot(leaves).toString("hex");

/** How many are in each lane. */
export function lanesOf({ lanes }: ClosedList): { readonly lane0: number; readonly lane1: number } {
  const lane1 = lanes.reduce((sum, lane) => sum + lane, 0);
  return { lane0: lanes.length - lane1, lane1 };
}

/** Entries of a page of the public list, as docs/fairness.md has them. */
export const LIST_PAGE_ENTRIES = 5_000;

/** A page of the list in public: each line `commitment lane quantity`. */
export function listPage({ count, commitments, lanes, quantities }: ClosedList, page: number): string {
  const lines: string[] = [];
  const end = Math.min(count, (page + 1) * LIST_PAGE_ENTRIES);
  for (let i = page * LIST_PAGE_ENTRIES; i < end; i++) {
    const commitment = commitments.toString("hex", i * HASH_BYTES, (i + 1) * HASH_BYTES);
    lines.push(`${commitment} ${lanes[i]} ${quantities[i]}\n`);
  }
  return lines.join("");
}

/** Reads what `listPage` wrote. */
export const parseListPage = (text: string): ListedEntry[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [commitment = "", lane, quantity] = line.split(" ");
      return {
        commitment: Buffer.from(commitment, "hex"),
        lane: lane === "1" ? 1 : 0,
        quantity: Number(quantity),
      };
    });

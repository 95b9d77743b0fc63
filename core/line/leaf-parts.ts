import { HASH_BYTES } from "./bytes.ts";

/**
 * Of each leaf so much is kept in hex: among a million leaves, 96 bits leave one chance in 10^23 that an entry which is in no list is
 * taken for one that is.
 */
const KEPT_BYTES = 12;
/** A part then takes 2.4 KB, and DynamoDB counts a read by 4. */
const MOST_TO_A_PART = 96;

/** Parts of a list of so many entries: a power of two. */
export const leafPartsOf = (count: number): number =>
  2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, count) / MOST_TO_A_PART)));

/** The part in which a leaf of such a list is, by its first bits. @param leaf in hex */
export const partOfLeaf = (count: number, leaf: string): number =>
  Math.floor((Number.parseInt(leaf.slice(0, 8), 16) / 2 ** 32) * leafPartsOf(count));

/** The leaves of each part: the beginning of each on a line, in the order of the bytes. */
export function leafParts(leaves: Buffer): string[] {
  const count = leaves.length / HASH_BYTES;
  const parts = Array.from({ length: leafPartsOf(count) }, (): string[] => []);
  for (let i = 0; i < count; i++) {
    const kept = leaves.toString("hex", i * HASH_BYTES, i * HASH_BYTES + KEPT_BYTES);
    parts[partOfLeaf(count, kept)]!.push(kept);
  }
  return parts.map((lines) => lines.join("\n"));
}

/** Whether a part of a list, as `leafParts` wrote it, has a leaf. */
export const hasLeafIn = (part: string, leaf: string): boolean =>
  part.split("\n").includes(leaf.slice(0, KEPT_BYTES * 2));

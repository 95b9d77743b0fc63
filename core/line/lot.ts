import { hash } from "node:crypto";
import { type HmacKey, hmacKey, hmacSha256 } from "../hmac.ts";
import type { SaleId } from "../ids.ts";
import { HASH_BYTES, sha256, u32, u64 } from "./bytes.ts";
import type { Lane } from "./leaf.ts";

const LABEL = "flash-sale/line/v1";
const HASH_BLOCK_BYTES = 64;

export type KeyParts = {
  readonly saleId: SaleId;
  readonly list: number;
  /** Hexadecimal, as in the log. */
  readonly root: string;
  readonly chainHash: string;
  readonly round: number;
  readonly signature: string;
};

/** The key of a list: chance that was not there when its root was. */
export const keyOf = ({ saleId, list, root, chainHash, round, signature }: KeyParts): string =>
  sha256(
    Buffer.from(LABEL + saleId, "latin1"),
    u32(list),
    Buffer.from(root, "hex"),
    Buffer.from(chainHash, "hex"),
    u64(round),
    Buffer.from(signature, "hex"),
  ).toString("hex");

/** The key that was used last, made ready: a function draws one lot after another of the same few lists. */
let latest: { readonly key: string; readonly ready: HmacKey } | null = null;

/** An entry's lot in its list; smaller is sooner. */
export function lotOf(key: string, leaf: string): string {
  if (latest?.key !== key) latest = { key, ready: hmacKey(Buffer.from(key, "hex")) };
  return hmacSha256(latest.ready, leaf, "hex").toString("hex");
}

/** The lots of many leaves at once, each beside its leaf's place. */
export function lotsOf(key: string, leaves: Buffer): Buffer {
  const [inner, outer] = [pad(key, 0x36), pad(key, 0x5c)];
  const lots = Buffer.alloc(leaves.length);
  for (let at = 0; at < leaves.length; at += HASH_BYTES) {
    leaves.copy(inner, HASH_BLOCK_BYTES, at, at + HASH_BYTES);
    outer.write(hash("sha256", inner, "binary"), HASH_BLOCK_BYTES, "latin1");
    lots.write(hash("sha256", outer, "binary"), at, "latin1");
  }
  return lots;
}

/** RFC 2104: the key's block, and room for a hash behind it. */
function pad(key: string, byte: number): Buffer {
  const bytes = Buffer.alloc(HASH_BLOCK_BYTES + HASH_BYTES);
  bytes.write(key, "hex");
  for (let i = 0; i < HASH_BLOCK_BYTES; i++) bytes[i]! ^= byte;
  return bytes;
}

/** Orders everybody: by list, then lane, then lot. Compared as text; all have one length. */
export const rankOf = (list: number, lane: Lane, lot: string): string =>
  `${String(list).padStart(8, "0")}.${lane}.${lot}`;

export const rankPattern = /^\d{8}\.[01]\.[0-9a-f]{64}$/;
export const listOfRank = (rank: string): number => Number(rank.slice(0, 8));
export const laneOfRank = (rank: string): Lane => (rank[9] === "1" ? 1 : 0);
/** How far a rank's lot lies between the smallest and the largest: 0 to below 1. */
export const lotFraction = (rank: string): number => Number.parseInt(rank.slice(11, 23), 16) / 2 ** 48;

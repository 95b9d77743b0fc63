import { hash } from "node:crypto";
import { HASH_BYTES, sha256 } from "./bytes.ts";

/**
 * The Merkle tree head of RFC 9162 (section 2.1.1) over leaf hashes that lie one behind the other.
 *
 * Level by level, in one buffer: an odd last node moves up unchanged, which gives the same root as the RFC's recursion.
 */
export function merkleRoot(leaves: Uint8Array): Buffer {
  let count = leaves.length / HASH_BYTES;
  if (count === 0) return sha256(Buffer.alloc(0));
  const level = Buffer.from(leaves);
  const pair = Buffer.alloc(1 + 2 * HASH_BYTES);
  pair[0] = 1;
  while (count > 1) {
    const pairs = count >>> 1;
    for (let i = 0; i < pairs; i++) {
      level.copy(pair, 1, i * 2 * HASH_BYTES, (i + 1) * 2 * HASH_BYTES);
      // Text of one byte a character: no buffer is made for each of a million hashes.
      level.write(hash("sha256", pair, "binary"), i * HASH_BYTES, "latin1");
    }
    if (count % 2 === 1) level.copyWithin(pairs * HASH_BYTES, (count - 1) * HASH_BYTES, count * HASH_BYTES);
    count = pairs + (count % 2);
  }
  return level.subarray(0, HASH_BYTES);
}

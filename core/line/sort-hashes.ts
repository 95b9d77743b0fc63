import { HASH_BYTES } from "./bytes.ts";

/**
 * The order of hashes that lie one behind the other, by their bytes: indexes, smallest hash first.
 *
 * The first bits of a hash and its index make one number, and numbers are sorted without a comparison of ours; few hashes
 * share so many bits, and those are compared whole.
 */
export function sortHashes(hashes: Buffer): Uint32Array {
  const count = hashes.length / HASH_BYTES;
  const indexBits = BigInt(Math.max(1, Math.ceil(Math.log2(Math.max(2, count)))));
  const keys = new BigUint64Array(count);
  for (let i = 0; i < count; i++)
    keys[i] = ((hashes.readBigUInt64BE(i * HASH_BYTES) >> indexBits) << indexBits) | BigInt(i);
  keys.sort();
  const mask = (1n << indexBits) - 1n;
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = Number(keys[i]! & mask);
  for (let i = 1; i < count; i++)
    for (let j = i; j > 0 && keys[j]! >> indexBits === keys[j - 1]! >> indexBits; j--) {
      const [before, after] = [order[j - 1]!, order[j]!];
      if (compareAt(hashes, before, after) <= 0) break;
      order[j - 1] = after;
      order[j] = before;
    }
  return order;
}

const compareAt = (hashes: Buffer, a: number, b: number): number =>
  hashes.compare(hashes, b * HASH_BYTES, (b + 1) * HASH_BYTES, a * HASH_BYTES, (a + 1) * HASH_BYTES);

/** Whether a hash is among hashes that lie in the order of their bytes. */
export function hasHash(sorted: Buffer, hash: Buffer): boolean {
  let [low, high] = [0, sorted.length / HASH_BYTES];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const compared = hash.compare(sorted, middle * HASH_BYTES, (middle + 1) * HASH_BYTES);
    if (compared === 0) return true;
    if (compared < 0) high = middle;
    else low = middle + 1;
  }
  return false;
}

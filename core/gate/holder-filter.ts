import { hash } from "node:crypto";
import type { BuyerId } from "../ids.ts";

/**
 * A Bloom filter of the buyers who hold an order, kept by reserve.lua and read here.
 *
 * It never misses a holder; it takes about 1 in 400 others for one at 16 bits a unit and 4 probes ((1 - e^(-4/16))^4),
 * and those are merely asked at the gate. Past 32,768 units the filter stays at 64 KiB, since every instance reads it
 * each second, and errs more often: about 1 in 12 at 100,000 units.
 *
 * Its size is a power of two, so that it can be doubled when the allocation is raised (lib/holders.lua).
 */
const BITS_PER_UNIT = 16;
const LEAST_BITS = 1024;
const MOST_BITS = 64 * 1024 * 8;
const PROBES = 4;

/** Size of the filter, in bits, for an allocation in units. */
export function holderBits(allocated: number): number {
  const leastBits = Math.min(MOST_BITS, Math.max(LEAST_BITS, allocated * BITS_PER_UNIT));
  return 2 ** Math.ceil(Math.log2(leastBits));
}

/** A filter as read from the gate: the bytes Redis holds, which end at the last byte with a set bit. */
export type HolderFilter = { readonly bytes: Uint8Array; readonly bits: number };

/** False only when the buyer surely holds no order. */
export function mayHold(filter: HolderFilter, buyerId: BuyerId): boolean {
  const digest = hash("sha1", buyerId, "buffer");
  for (let probe = 0; probe < PROBES; probe++) {
    const bit = digest.readUInt32BE(probe * 4) % filter.bits;
    const byte = filter.bytes[bit >> 3] ?? 0;
    if ((byte & (0x80 >> (bit & 7))) === 0) return false;
  }
  return true;
}

import type { SaleId } from "../ids.ts";

/**
 * The keys of one sale's gate. All share one hash tag, so each script runs on one Redis Cluster slot.
 *
 * A sale has one bucket today, number 0; the tag leaves room for more. None of these keys ever gets a time to live: a
 * key of a live sale that vanishes by itself is a fault, not a saving.
 */
export function gateKeys(saleId: SaleId) {
  const tag = `{${saleId}.0}`;
  return {
    /** Hash: the gate's life, the sale's settings and the counters. */
    gate: `${tag}:gate`,
    /** Hash: buyer id → their orders, in the form of buyer-orders.ts. */
    buyers: `${tag}:buyers`,
    /** Hash: order id → the reservation (JSON) that nobody has finished yet. */
    outbox: `${tag}:outbox`,
    /** Sorted set, of a sale that is paid for: order id and buyer id → until when its units are held, in milliseconds. */
    holds: `${tag}:holds`,
    /** String: Bloom filter of those who hold an order. */
    holders: `${tag}:holders`,
    /** Hashes that take turns: random part of the buyer id → when all attempts are free again. See lib/attempts.lua. */
    attempts: `${tag}:attempts`,
    attemptsBefore: `${tag}:attempts_before`,
    /** Hash, of a sale with a line: number of a step → its range and times; what was bought in it. See lib/turn.lua. */
    steps: `${tag}:steps`,
    /** Hash, likewise: list and buyer id → units that the entry has bought. */
    turns: `${tag}:turns`,
  } as const;
}

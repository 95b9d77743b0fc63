import { hash } from "node:crypto";
import type { BuyerId, SaleId } from "../ids.ts";
import { HASH_BYTES, sha256 } from "./bytes.ts";

/** 0, or 1: checked later, behind everybody else of the same list. */
export type Lane = 0 | 1;

/** What an entry says of itself in public. */
export type PublicEntry = {
  readonly saleId: SaleId;
  readonly list: number;
  readonly lane: Lane;
  /** What the buyer may buy at most in the turn. */
  readonly quantity: number;
  readonly commitment: Uint8Array;
};

/** Hides the buyer; whoever has the salt can show that it is theirs. */
export const commitmentOf = (salt: Uint8Array, buyerId: BuyerId): Buffer =>
  sha256(salt, Buffer.from(buyerId, "latin1"));

const SALE_BYTES = 31;
const LIST_AT = 1 + SALE_BYTES;
const LANE_AT = LIST_AT + 4;
const QUANTITY_AT = LANE_AT + 1;
const COMMITMENT_AT = QUANTITY_AT + 2;

/**
 * Writes leaves of one list, as docs/fairness.md has them: all fields have a fixed length. One buffer serves all, and a hash
 * comes as text of one byte a character, so that a million leaves make little garbage.
 */
export function leafWriter(saleId: SaleId, list: number) {
  const bytes = Buffer.alloc(COMMITMENT_AT + HASH_BYTES);
  bytes.write(saleId, 1, "latin1");
  bytes.writeUInt32BE(list, LIST_AT);
  return (
    { lane, quantity, commitment }: Omit<PublicEntry, "saleId" | "list">,
    target: Buffer,
    at: number,
  ): void => {
    bytes[LANE_AT] = lane;
    bytes.writeUInt16BE(quantity, QUANTITY_AT);
    bytes.set(commitment, COMMITMENT_AT);
    target.write(hash("sha256", bytes, "binary"), at, "latin1");
  };
}

/** An entry's leaf. */
export function leafOf({ saleId, list, ...entry }: PublicEntry): Buffer {
  const leaf = Buffer.alloc(HASH_BYTES);
  leafWriter(saleId, list)(entry, leaf, 0);
  return leaf;
}

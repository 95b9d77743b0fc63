import { createHash, createHmac } from "node:crypto";
import { bls12_381 } from "@noble/curves/bls12-381.js";

/**
 * The protocol of docs/fairness.md once more, for the test vectors: written from that page alone, by nothing of the product's
 * own code and nothing of the script's, so that three agree or one is wrong.
 */
const sha256 = (...parts: (Uint8Array | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const bytes = (hex: string) => Buffer.from(hex, "hex");

/** A number of so many bytes, the highest first. */
function unsigned(value: number, length: number): Buffer {
  return Buffer.from(
    BigInt(value)
      .toString(16)
      .padStart(length * 2, "0"),
    "hex",
  );
}

export type Chain = {
  readonly hash: string;
  readonly publicKey: string;
  readonly genesisMs: number;
  readonly periodMs: number;
  readonly isRehearsal: boolean;
};

export type Entry = { readonly lane: number; readonly quantity: number; readonly commitment: string };
export type Receipt = {
  readonly saleId: string;
  readonly list: number;
  readonly lane: number;
  readonly quantity: number;
  readonly buyerId: string;
  readonly salt: string;
};

export const commitmentOf = ({ salt, buyerId }: Receipt): string =>
  sha256(bytes(salt), buyerId).toString("hex");

export function leafOf(saleId: string, list: number, { lane, quantity, commitment }: Entry): string {
  const fields = [unsigned(0, 1), saleId, unsigned(list, 4), unsigned(lane, 1), unsigned(quantity, 2)];
  return sha256(...fields, bytes(commitment)).toString("hex");
}

/** By the recursion of RFC 9162. */
export function rootOf(leaves: readonly string[]): string {
  if (leaves.length === 0) return sha256().toString("hex");
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  const halves = [leaves.slice(0, k), leaves.slice(k)].map((half) => bytes(rootOf(half)));
  return sha256(unsigned(1, 1), ...halves).toString("hex");
}

/** The root of so many orders, by what of them never changes; each as a line of the table has it. */
export function rootOfOrders(lines: readonly string[]): string {
  const rows = lines.map((line) => line.split(" "));
  const sorted = rows.toSorted(
    ([hashA, placeA], [hashB, placeB]) => Number(placeA) - Number(placeB) || (hashA! < hashB! ? -1 : 1),
  );
  return rootOf(
    sorted.map(([orderHash, place, leaf, step, quantity, _left, _state, reservedAtMs]) =>
      sha256(unsigned(0, 1), [orderHash, place, leaf, step, quantity, reservedAtMs].join(" ")).toString(
        "hex",
      ),
    ),
  );
}

/** The root of what became of so many orders; each as a line of the table has it. */
export function rootOfUnits(lines: readonly string[]): string {
  const rows = lines.map((line) => line.split(" "));
  const sorted = rows.toSorted(
    ([hashA, placeA], [hashB, placeB]) => Number(placeA) - Number(placeB) || (hashA! < hashB! ? -1 : 1),
  );
  return rootOf(
    sorted.map(([orderHash, _place, _leaf, _step, _quantity, left, state]) =>
      sha256(unsigned(0, 1), [orderHash, left, state].join(" ")).toString("hex"),
    ),
  );
}

export function roundOf(
  rules: { readonly mode: string; readonly startsAtMs: number; readonly resultAtMs: number | null },
  chain: Chain,
  rootAtMs: number,
): number {
  const ruledMs = rules.mode === "draw" ? rules.resultAtMs! : rules.startsAtMs - 30_000;
  const notBeforeMs = Math.max(ruledMs, rootAtMs + 15_000);
  return Math.ceil((notBeforeMs - chain.genesisMs) / chain.periodMs) + 1;
}

export function keyOf(from: {
  readonly saleId: string;
  readonly list: number;
  readonly root: string;
  readonly chain: Chain;
  readonly round: number;
  readonly signature: string;
}): string {
  const { saleId, list, root, chain, round, signature } = from;
  const fields = [unsigned(list, 4), bytes(root), bytes(chain.hash), unsigned(round, 8), bytes(signature)];
  return sha256("flash-sale/line/v1", saleId, ...fields).toString("hex");
}

export const lotOf = (key: string, leaf: string): string =>
  createHmac("sha256", bytes(key)).update(bytes(leaf)).digest("hex");

export const rankOf = (list: number, lane: number, lot: string): string =>
  `${String(list).padStart(8, "0")}.${lane}.${lot}`;

const DOMAIN = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const bls = bls12_381.shortSignatures;
/** Whoever reads this has the key: a rehearsal's. */
const SECRET = Buffer.alloc(32, 7);

export const rehearsalChain: Chain = {
  hash: "5e".repeat(32),
  publicKey: Buffer.from(bls.getPublicKey(SECRET).toBytes()).toString("hex"),
  genesisMs: 1_760_000_000_000,
  periodMs: 3_000,
  isRehearsal: true,
};

export const signRehearsal = (round: number): string =>
  Buffer.from(bls.sign(bls.hash(sha256(unsigned(round, 8)), DOMAIN), SECRET).toBytes()).toString("hex");

export const quicknet: Chain = {
  hash: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
  publicKey:
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
  genesisMs: 1_692_803_367_000,
  periodMs: 3_000,
  isRehearsal: false,
};

/** As the public relays give them. */
export const recorded: Readonly<Record<number, string>> = {
  1000: "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
  1001: "b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03f73896b25883abf2853d10337fb8fa41",
};

export const hashOf = (content: Uint8Array | string): string => sha256(content).toString("hex");

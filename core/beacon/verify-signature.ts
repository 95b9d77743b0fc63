import { createHash } from "node:crypto";
import type { BeaconChain } from "./chain.ts";

const DOMAIN = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const SIGNATURE_SHAPE = /^[0-9a-f]{96}$/;

/** What the members of a chain sign for a round: SHA-256 of its number. */
export function messageOfRound(round: number): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(round));
  return createHash("sha256").update(number).digest();
}

/** The library that checks, loaded when the first signature comes: it takes longer to load than most requests to answer. */
export async function loadBls() {
  const { bls12_381 } = await import("@noble/curves/bls12-381.js");
  const { shortSignatures: bls } = bls12_381;
  const pointOf = (round: number) => bls.hash(messageOfRound(round), DOMAIN);
  return { bls, pointOf };
}

/** Whether the chain signed this round so. A signature proves itself, whoever brings it. */
export async function isSignatureOf(
  chain: Pick<BeaconChain, "publicKey">,
  round: number,
  signature: string,
): Promise<boolean> {
  if (!SIGNATURE_SHAPE.test(signature)) return false;
  const { bls, pointOf } = await loadBls();
  try {
    return bls.verify(Buffer.from(signature, "hex"), pointOf(round), Buffer.from(chain.publicKey, "hex"));
  } catch {
    // Bytes that are no point of the curve.
    return false;
  }
}

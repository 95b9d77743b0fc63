import { sha256, u64, unhex } from "./bytes.ts";

const DOMAIN = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/** Whether a chain signed a round so. */
export type VerifyRound = (publicKey: string, round: number, signature: string) => boolean;

/** The code that verifies signatures is larger than the rest of the page, and loaded for itself. Null: it could not be loaded. */
export async function loadVerifier(): Promise<VerifyRound | null> {
  try {
    const { bls12_381 } = await import("@noble/curves/bls12-381.js");
    const bls = bls12_381.shortSignatures;
    return (publicKey, round, signature) => {
      try {
        const point = bls.hash(sha256(u64(round)), DOMAIN);
        return bls.verify(unhex(signature), point, unhex(publicKey));
      } catch {
        // Bytes that are no point of the curve.
        return false;
      }
    };
  } catch {
    return null;
  }
}

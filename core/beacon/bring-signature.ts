import type { BeaconRecords } from "./beacon.dynamo.ts";
import type { BeaconChain } from "./chain.ts";
import { isSignatureOf } from "./verify-signature.ts";

export type BroughtSignature =
  | { readonly kind: "kept"; readonly signature: string }
  /** Nobody waits for this round. */
  | { readonly kind: "not_needed" }
  | { readonly kind: "wrong" };

/**
 * Takes the signature of a round from anybody: it proves itself. Of rounds that nobody waits for none is taken, and none is
 * checked twice, so that bringing them costs us little.
 */
export async function bringSignature(
  records: Pick<BeaconRecords, "needed" | "signature" | "putSignature">,
  chain: BeaconChain,
  round: number,
  signature: string,
): Promise<BroughtSignature> {
  const kept = await records.signature(round);
  if (kept !== null) return kept === signature ? { kind: "kept", signature } : { kind: "wrong" };
  if (!(await records.needed()).rounds.includes(round)) return { kind: "not_needed" };
  if (!(await isSignatureOf(chain, round, signature))) return { kind: "wrong" };
  await records.putSignature(round, signature);
  return { kind: "kept", signature };
}

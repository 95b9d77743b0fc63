import { createHash } from "node:crypto";
import type { BeaconChain } from "../../core/beacon/chain.ts";
import { loadBls } from "../../core/beacon/verify-signature.ts";
import { type ChainDescription, chainHash } from "./chain-hash.ts";

/** As quicknet's. */
const PERIOD_SECONDS = 3;
const BEACON_ID = "rehearsal";

/** The key of a chain and when it began: all that a restart needs to go on with it. */
export type OwnKey = { readonly secretKey: string; readonly genesisSeconds: number };

export type OwnChain = {
  readonly chain: BeaconChain;
  readonly description: ChainDescription;
  readonly key: OwnKey;
  sign(round: number): string;
};

/** A chain of one's own, with a key that is given or new: it works as quicknet does, and is called a rehearsal. */
export async function ownChain(given: {
  readonly secretKey?: string;
  readonly genesisSeconds: number;
}): Promise<OwnChain> {
  const { bls, pointOf } = await loadBls();
  const { genesisSeconds } = given;
  const secretKey = given.secretKey ? Buffer.from(given.secretKey, "hex") : bls.keygen().secretKey;
  const publicKey = Buffer.from(bls.getPublicKey(secretKey).toBytes()).toString("hex");
  // There is no group whose members agreed on the key; the field is filled all the same.
  const groupHash = createHash("sha256").update(publicKey).digest("hex");
  const description = {
    publicKey,
    periodSeconds: PERIOD_SECONDS,
    genesisSeconds,
    groupHash,
    beaconId: BEACON_ID,
  };
  const chain = {
    hash: chainHash(description),
    publicKey,
    genesisMs: genesisSeconds * 1000,
    periodMs: PERIOD_SECONDS * 1000,
    isRehearsal: true,
  };
  return {
    chain,
    description,
    key: { secretKey: Buffer.from(secretKey).toString("hex"), genesisSeconds },
    sign: (round) => Buffer.from(bls.sign(pointOf(round), secretKey).toBytes()).toString("hex"),
  };
}

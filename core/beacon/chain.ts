/** A chain of the drand network, whole: whoever has it can check any of its rounds without asking anybody. */
export type BeaconChain = {
  /** SHA-256 of the chain's own description, hexadecimal. */
  readonly hash: string;
  /** 96 bytes on G2, hexadecimal. */
  readonly publicKey: string;
  /** The time of round 1. */
  readonly genesisMs: number;
  readonly periodMs: number;
  /** Whether it is a beacon of one's own, whose key somebody here has. */
  readonly isRehearsal: boolean;
};

/** How every chain that we use signs: each round for itself, on G1. */
export const BEACON_SCHEME = "bls-unchained-g1-rfc9380";

/** The public chain. Nobody here controls it, and no round can be known before its time. https://docs.drand.love/developer/ */
export const quicknet: BeaconChain = Object.freeze({
  hash: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
  publicKey:
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
  genesisMs: 1_692_803_367_000,
  periodMs: 3_000,
  isRehearsal: false,
});

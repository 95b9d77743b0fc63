/** Rounds of quicknet as its relays give them, recorded. */
export const recordedRounds = [
  {
    round: 1000,
    signature:
      "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
  },
  {
    round: 1001,
    signature:
      "b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03f73896b25883abf2853d10337fb8fa41",
  },
] as const;

/** What quicknet's hash is made of beside its key and times; see local/beacon/chain-hash.ts. */
export const quicknetSeed = {
  groupHash: "f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e",
  beaconId: "quicknet",
} as const;

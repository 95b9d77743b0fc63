import { createHash } from "node:crypto";

export type ChainDescription = {
  /** 96 bytes, hexadecimal. */
  readonly publicKey: string;
  readonly periodSeconds: number;
  readonly genesisSeconds: number;
  /** Hexadecimal. */
  readonly groupHash: string;
  readonly beaconId: string;
};

/** A chain's hash, as drand makes it of the chain's description (`Info.Hash` in its source); hexadecimal. */
export function chainHash(description: ChainDescription): string {
  const numbers = Buffer.alloc(12);
  numbers.writeUInt32BE(description.periodSeconds);
  numbers.writeBigInt64BE(BigInt(description.genesisSeconds), 4);
  return createHash("sha256")
    .update(numbers)
    .update(Buffer.from(description.publicKey, "hex"))
    .update(Buffer.from(description.groupHash, "hex"))
    .update(description.beaconId)
    .digest("hex");
}

import { hash } from "node:crypto";

/** Unsigned integers as the protocol joins them: big-endian. */
export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
export function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

export const HASH_BYTES = 32;
export const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  hash("sha256", parts.length === 1 ? parts[0]! : Buffer.concat(parts), "buffer");
export const sha256Hex = (text: string): string => hash("sha256", text, "hex");

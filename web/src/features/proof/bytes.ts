import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as hash } from "@noble/hashes/sha2.js";

/** Bytes as docs/fairness.md joins them: integers big-endian, text in ASCII. */
export const HASH_BYTES = 32;

export function unhex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += DIGITS[byte]!;
  return text;
}

const encoder = new TextEncoder();
export const ascii = (text: string): Uint8Array => encoder.encode(text);

export function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
export function u64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export const sha256 = (bytes: Uint8Array): Uint8Array => hash(bytes);
/** A function that answers HMAC-SHA256 under one key. */
export function hmacBy(key: Uint8Array): (bytes: Uint8Array) => Uint8Array {
  const keyed = hmac.create(hash, key);
  return (bytes) => keyed.clone().update(bytes).digest();
}

/** Smaller than 0: the hash at `a` comes before the one at `b`. */
export function compareAt(hashes: Uint8Array, a: number, b: number): number {
  for (let i = 0; i < HASH_BYTES; i++) {
    const difference = hashes[a * HASH_BYTES + i]! - hashes[b * HASH_BYTES + i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

import { hash } from "node:crypto";

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;

/** A key of HMAC-SHA256, as the two blocks that its hashes begin with. */
export type HmacKey = { readonly inner: Buffer; readonly outer: Buffer };

export function hmacKey(secret: Uint8Array): HmacKey {
  const short = secret.length > BLOCK_BYTES ? hash("sha256", secret, "buffer") : secret;
  const block = Buffer.alloc(BLOCK_BYTES);
  block.set(short);
  const mask = (bits: number) => Buffer.from(block.map((byte) => byte ^ bits));
  return { inner: mask(0x36), outer: Buffer.concat([mask(0x5c), Buffer.alloc(DIGEST_BYTES)]) };
}

/**
 * HMAC-SHA256 of a text (RFC 2104), by two one-shot hashes: `createHmac` makes an object for each, which takes twice as
 * long, and a token never seen before pays it. See docs/decisions/0032-what-a-purchase-does-without.md.
 */
export function hmacSha256(key: HmacKey, text: string, encoding: "utf8" | "hex" = "utf8"): Buffer {
  const message = Buffer.allocUnsafe(BLOCK_BYTES + Buffer.byteLength(text, encoding));
  message.set(key.inner);
  message.write(text, BLOCK_BYTES, encoding);
  key.outer.write(hash("sha256", message, "binary"), BLOCK_BYTES, "binary");
  return hash("sha256", key.outer, "buffer");
}

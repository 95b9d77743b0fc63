import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";

const CURVE = "prime256v1";
const [SALT_BYTES, HEADER_BYTES, TAG_BYTES] = [16, 21, 16];
/** What ends the last record (RFC 8188). */
const LAST = 2;

const derive = (secret: Uint8Array, salt: Uint8Array, info: Uint8Array | string, bytes: number) =>
  Buffer.from(hkdfSync("sha256", secret, salt, info, bytes));

export type OwnBrowser = ReturnType<typeof ownBrowser>;

/**
 * What a browser has of a subscription: keys of its own, by which it reads what was sealed for it (RFC 8291, RFC 8188). By hand, so
 * that whoever seals and whoever opens share no line.
 */
export function ownBrowser() {
  const ecdh = createECDH(CURVE);
  const publicKey = ecdh.generateKeys();
  const auth = randomBytes(SALT_BYTES);

  return {
    keys: { p256dh: publicKey.toString("base64url"), auth: auth.toString("base64url") },

    /** @throws Error when it was not sealed for this browser. */
    open(body: Buffer): string {
      const salt = body.subarray(0, SALT_BYTES);
      const keyEnd = HEADER_BYTES + body[HEADER_BYTES - 1]!;
      const senderKey = body.subarray(HEADER_BYTES, keyEnd);
      const info = Buffer.concat([Buffer.from("WebPush: info\0"), publicKey, senderKey]);
      const secret = derive(ecdh.computeSecret(senderKey), auth, info, 32);
      const key = derive(secret, salt, "Content-Encoding: aes128gcm\0", 16);
      const nonce = derive(secret, salt, "Content-Encoding: nonce\0", 12);
      const decipher = createDecipheriv("aes-128-gcm", key, nonce);
      decipher.setAuthTag(body.subarray(-TAG_BYTES));
      const plain = Buffer.concat([decipher.update(body.subarray(keyEnd, -TAG_BYTES)), decipher.final()]);
      const end = plain.lastIndexOf(LAST);
      if (end < 0) throw new Error("A record without an end");
      return plain.subarray(0, end).toString();
    },
  };
}

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";

/**
 * Secrets of endpoints are sealed for the one function that sends: whoever adds an endpoint or changes its secret knows the
 * public half and can read none of those that are stored. X25519 with a key of its own for each, HKDF-SHA256, AES-256-GCM.
 */
const X25519_PKCS8 = Buffer.from("302e020100300506032b656e04220420", "hex");
const INFO = "flash-sale webhook secret";
const [IV_BYTES, TAG_BYTES, PUBLIC_BYTES] = [12, 16, 44];

/** The sender's key, made from the stage's secret text. */
export const openingKey = (secretText: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([X25519_PKCS8, createHash("sha256").update(secretText).digest()]),
    format: "der",
    type: "pkcs8",
  });

/** Its public half as text: no secret, and in the environment of whoever seals. */
export const sealingKeyOf = (secretText: string): string =>
  createPublicKey(openingKey(secretText)).export({ format: "der", type: "spki" }).toString("base64");

/** @param sealingKey as sealingKeyOf answers it. */
export function seal(plain: string, sealingKey: string): string {
  const to = createPublicKey({ key: Buffer.from(sealingKey, "base64"), format: "der", type: "spki" });
  const own = generateKeyPairSync("x25519");
  const publicPart = own.publicKey.export({ format: "der", type: "spki" });
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyBetween(own.privateKey, to, publicPart), iv);
  const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([publicPart, iv, cipher.getAuthTag(), text]).toString("base64");
}

/** @throws Error when it was sealed for somebody else, or is not as it was. */
export function unseal(sealed: string, key: KeyObject): string {
  const bytes = Buffer.from(sealed, "base64");
  const publicPart = bytes.subarray(0, PUBLIC_BYTES);
  const iv = bytes.subarray(PUBLIC_BYTES, PUBLIC_BYTES + IV_BYTES);
  const tag = bytes.subarray(PUBLIC_BYTES + IV_BYTES, PUBLIC_BYTES + IV_BYTES + TAG_BYTES);
  const from = createPublicKey({ key: publicPart, format: "der", type: "spki" });
  const decipher = createDecipheriv("aes-256-gcm", keyBetween(key, from, publicPart), iv).setAuthTag(tag);
  const text = bytes.subarray(PUBLIC_BYTES + IV_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
}

const keyBetween = (privateKey: KeyObject, publicKey: KeyObject, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync("sha256", diffieHellman({ privateKey, publicKey }), salt, INFO, 32));

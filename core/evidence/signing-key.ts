import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign } from "node:crypto";
import type { SignedStatement } from "../contract/evidence.ts";

/** A key as whoever checks needs it. */
export type PublicKey = { readonly kid: string; readonly x: string };
export type SigningKey = PublicKey & { readonly privateKey: KeyObject };

/** What RFC 8410 writes before the 32 bytes of a private Ed25519 key in PKCS #8. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const SEED_BYTES = 32;

/** The thumbprint of a public key (RFC 7638): its name, which nobody can give to another key. */
export const thumbprintOf = (x: string): string =>
  createHash("sha256")
    .update(JSON.stringify({ crv: "Ed25519", kty: "OKP", x }))
    .digest("base64url");

/** The key pair that a secret text stands for: the seed is derived from it (RFC 5869), so that any long secret will do. */
export function signingKey(secret: string): SigningKey {
  const seed = Buffer.from(hkdfSync("sha256", secret, "", "flash-sale/evidence/v1", SEED_BYTES));
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  if (x === undefined) throw new Error("an Ed25519 key has no public part");
  return { kid: thumbprintOf(x), x, privateKey };
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A statement with its signature (RFC 7515, 8037): whoever changes a byte of either makes it worthless. */
export function signStatement({ kid, privateKey }: SigningKey, statement: object): SignedStatement {
  const header = encode({ alg: "EdDSA", kid });
  const payload = encode(statement);
  const signature = sign(null, Buffer.from(`${header}.${payload}`), privateKey).toString("base64url");
  return { protected: header, payload, signature };
}

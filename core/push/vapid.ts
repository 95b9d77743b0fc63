import { createECDH, createHash } from "node:crypto";

const CURVE = "prime256v1";

/**
 * The shop's key towards push services (RFC 8292), made from the stage's secret text: P-256, as base64url. Browsers bind what they
 * subscribe to its public half: another secret ends every subscription.
 */
export function vapidKeysOf(secretText: string): { readonly publicKey: string; readonly privateKey: string } {
  const ecdh = createECDH(CURVE);
  ecdh.setPrivateKey(createHash("sha256").update(`flash-sale push ${secretText}`).digest());
  return { publicKey: ecdh.getPublicKey("base64url"), privateKey: ecdh.getPrivateKey("base64url") };
}

export const vapidPublicKeyOf = (secretText: string): string => vapidKeysOf(secretText).publicKey;

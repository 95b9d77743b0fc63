import { createPublicKey, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { signingKey, signStatement, thumbprintOf } from "./signing-key.ts";

const SECRET = "a secret of these tests alone, long enough";

describe("a signing key", () => {
  test("is the same for the same secret, and another for another", () => {
    expect(signingKey(SECRET).kid).toBe(signingKey(SECRET).kid);
    expect(signingKey(`${SECRET}.`).kid).not.toBe(signingKey(SECRET).kid);
  });

  test("is named by its thumbprint, as RFC 8037, A.3 has it", () => {
    expect(thumbprintOf("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")).toBe(
      "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
    );
  });

  test("signs so that its public part alone can tell", () => {
    const key = signingKey(SECRET);
    const { protected: header, payload, signature } = signStatement(key, { a: 1 });
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key.x }, format: "jwk" });
    const check = (text: string) =>
      verify(null, Buffer.from(text), publicKey, Buffer.from(signature, "base64url"));
    expect([check(`${header}.${payload}`), check(`${header}.${payload}x`)]).toEqual([true, false]);
    expect(JSON.parse(Buffer.from(header, "base64url").toString())).toEqual({ alg: "EdDSA", kid: key.kid });
    expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toEqual({ a: 1 });
  });
});

import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { hmacKey, hmacSha256 } from "./hmac.ts";

test("any text under any key has the code that Node gives it", () => {
  const secrets = fc.uint8Array({ maxLength: 200 });
  const texts = fc.uint16Array({ maxLength: 150 }).map((codes) => String.fromCharCode(...codes));
  fc.assert(
    fc.property(secrets, texts, (secret, text) => {
      const expected = createHmac("sha256", secret).update(text).digest("hex");
      expect(hmacSha256(hmacKey(secret), text).toString("hex")).toBe(expected);
    }),
  );
});

test("RFC 4231, case 2", () => {
  expect(hmacSha256(hmacKey(Buffer.from("Jefe")), "what do ya want for nothing?").toString("hex")).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
});

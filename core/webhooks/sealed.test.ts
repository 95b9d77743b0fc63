import { expect, test } from "vitest";
import { openingKey, seal, sealingKeyOf, unseal } from "./sealed.ts";

const SECRET = "a secret text of the stage, 48 characters long..";
const sealingKey = sealingKeyOf(SECRET);

test("what is sealed with the public half is read with the secret alone, and is another text each time", () => {
  const sealed = seal("whsec_abc", sealingKey);
  expect(unseal(sealed, openingKey(SECRET))).toBe("whsec_abc");
  expect(sealed).not.toContain("whsec");
  expect(seal("whsec_abc", sealingKey)).not.toBe(sealed);
  expect(() => unseal(sealed, openingKey("another"))).toThrow();
});

test("one changed byte anywhere is found", () => {
  const bytes = Buffer.from(seal("whsec_abc", sealingKey), "base64");
  for (const at of [20, 50, 60, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1;
    expect(() => unseal(changed.toString("base64"), openingKey(SECRET))).toThrow();
  }
});

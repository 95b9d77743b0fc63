import { expect, test } from "vitest";
import { hashOfKey, isApiKey, newApiKeySecret, roleOfKey } from "./api-key.ts";

test("a key is known for one, is never made twice, and is not in its hash", () => {
  const [first, other] = [newApiKeySecret(), newApiKeySecret()];
  expect(first).not.toBe(other);
  expect([isApiKey(first), isApiKey("eyJhbGciOi"), isApiKey("")]).toEqual([true, false, false]);
  expect(hashOfKey(first)).toBe(hashOfKey(first));
  expect(hashOfKey(first)).not.toBe(hashOfKey(other));
  expect(hashOfKey(first)).not.toContain(first.slice(4, 20));
});

test("a key that reads sees no mail address unless it was given that scope too", () => {
  expect(roleOfKey("orders:read", ["orders:read"])).toBe("viewer");
  expect(roleOfKey("orders:read", ["orders:read", "buyers:read"])).toBe("operator");
  expect(roleOfKey("sales:write", ["sales:write"])).toBe("operator");
});

import { expect, test } from "vitest";
import { hashOfKey, isApiKey, newApiKeySecret, roleOfKey } from "./api-key.ts";

test("a key is known for one, is never made twice, and is not in its hash", () => {
  const [one, other] = [newApiKeySecret(), newApiKeySecret()];
  expect(one).not.toBe(other);
  expect([isApiKey(one), isApiKey("eyJhbGciOi"), isApiKey("")]).toEqual([true, false, false]);
  expect(hashOfKey(one)).toBe(hashOfKey(one));
  expect(hashOfKey(one)).not.toBe(hashOfKey(other));
  expect(hashOfKey(one)).not.toContain(one.slice(4, 20));
});

test("a key that reads sees no mail address unless it was given that scope too", () => {
  expect(roleOfKey("orders:read", ["orders:read"])).toBe("viewer");
  expect(roleOfKey("orders:read", ["orders:read", "buyers:read"])).toBe("operator");
  expect(roleOfKey("sales:write", ["sales:write"])).toBe("operator");
});

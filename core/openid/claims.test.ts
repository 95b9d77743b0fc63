import { expect, test } from "vitest";
import { verifiedEmail } from "./claims.ts";

test("an address counts that the provider has verified", () => {
  expect(verifiedEmail({ email: "ada@example.com", email_verified: true })).toBe("ada@example.com");
});

test.each([
  ["one that is not verified", { email: "ada@example.com", email_verified: false }],
  ["one of which it says nothing", { email: "ada@example.com" }],
  ["one that it calls verified in words", { email: "ada@example.com", email_verified: "true" }],
  ["what is no address", { email: "ada", email_verified: true }],
  ["none", { email_verified: true }],
  ["nothing", undefined],
])("%s does not", (_, claims) => {
  expect(verifiedEmail(claims)).toBeNull();
});

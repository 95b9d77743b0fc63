import { expect, test } from "vitest";
import { isTestKey, testPaymentIn } from "./test-mode.ts";

test.each([
  ["sk_test_51Ab", true],
  ["rk_test_51Ab", true],
  ["sk_test_local-only", true],
  ["sk_live_51Ab", false],
  ["rk_live_51Ab", false],
  ["not-set", false],
  ["sk_live_sk_test_", false],
  ["", false],
])("%s is of the test mode: %s", (key, isTest) => {
  expect(isTestKey(key)).toBe(isTest);
});

test("only a page of the test mode can be paid by a machine", () => {
  expect(testPaymentIn("https://checkout.stripe.com/c/pay/cs_test_a1B2c3#fidk")).toBe("cs_test_a1B2c3");
  expect(testPaymentIn("http://127.0.0.1:4000/pay/cs_test_0f0f")).toBe("cs_test_0f0f");
  expect(testPaymentIn("https://checkout.stripe.com/c/pay/cs_live_a1B2c3#cs_test_")).toBeNull();
});

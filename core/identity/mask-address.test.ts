import { expect, test } from "vitest";
import { maskAddress } from "./mask-address.ts";

test.each([
  ["ada.lovelace@example.com", "a•••e@example.com"],
  ["adam@example.com", "a•••m@example.com"],
  ["ada@example.com", "a•••@example.com"],
  ["a@example.com", "a•••@example.com"],
  ["😀bc😀@example.com", "😀•••😀@example.com"],
])("%s is shown as %s", (email, masked) => {
  expect(maskAddress(email)).toBe(masked);
});

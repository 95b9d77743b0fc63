import { expect, test } from "vitest";
import { assertConserved, isConserved } from "./stock.ts";

test.each([
  [{ allocated: 5, available: 2, held: 1, sold: 2 }, true],
  [{ allocated: 5, available: 2, held: 0, sold: 2 }, false],
  [{ allocated: 5, available: 3, held: 0, sold: 3 }, false],
  [{ allocated: 5, available: -1, held: 0, sold: 6 }, false],
  [{ allocated: 5, available: 6, held: -1, sold: 0 }, false],
  [{ allocated: 5, available: 6, held: 0, sold: -1 }, false],
])("%o is conserved: %s", (stock, expected) => {
  expect(isConserved(stock)).toBe(expected);
});

test("a broken law is thrown with its numbers, never clamped", () => {
  expect(() => assertConserved({ allocated: 5, available: 3, held: 0, sold: 3 })).toThrow('"sold":3');
  expect(() => assertConserved({ allocated: 5, available: 2, held: 0, sold: 3 })).not.toThrow();
});

import { expect, test } from "vitest";
import { assertConserved, isConserved, takenUnits } from "./stock.ts";

test.each([
  [{ allocated: 5, available: 2, held: 1, sold: 2, withheld: 0 }, true],
  [{ allocated: 5, available: 1, held: 1, sold: 2, withheld: 1 }, true],
  [{ allocated: 5, available: 2, held: 0, sold: 2, withheld: 0 }, false],
  [{ allocated: 5, available: 3, held: 0, sold: 3, withheld: 0 }, false],
  [{ allocated: 5, available: 2, held: 1, sold: 2, withheld: 1 }, false],
  [{ allocated: 5, available: -1, held: 0, sold: 6, withheld: 0 }, false],
  [{ allocated: 5, available: 6, held: -1, sold: 0, withheld: 0 }, false],
  [{ allocated: 5, available: 6, held: 0, sold: -1, withheld: 0 }, false],
  [{ allocated: 5, available: 6, held: 0, sold: 0, withheld: -1 }, false],
])("%o is conserved: %s", (stock, expected) => {
  expect(isConserved(stock)).toBe(expected);
});

test("a broken law is thrown with its numbers, never clamped", () => {
  const stock = { allocated: 5, available: 3, held: 0, sold: 2, withheld: 1 };
  expect(() => assertConserved(stock)).toThrow('"withheld":1');
  expect(() => assertConserved({ ...stock, available: 2 })).not.toThrow();
});

test("what is not available is held, sold or withheld", () => {
  expect(takenUnits({ allocated: 9, available: 3, held: 1, sold: 2, withheld: 3 })).toBe(6);
});

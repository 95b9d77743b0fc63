import { expect, test } from "vitest";
import { NOW_MS } from "../../tests/support/test-sale.ts";
import { isCurrent, LATELY_MS } from "./current-sales.ts";

test("a sale is current until an hour after it was closed", () => {
  expect(isCurrent({ closedAtMs: null }, NOW_MS)).toBe(true);
  expect(isCurrent({ closedAtMs: NOW_MS - LATELY_MS + 1 }, NOW_MS)).toBe(true);
  expect(isCurrent({ closedAtMs: NOW_MS - LATELY_MS }, NOW_MS)).toBe(false);
});

import { expect, test } from "vitest";
import { aBuyer } from "../../tests/support/test-sale.ts";
import { holderBits, mayHold } from "./holder-filter.ts";

test.each([
  [1, 1_024],
  [64, 1_024],
  [65, 2_048],
  [100, 2_048],
  [129, 4_096],
  [32_768, 524_288],
  [10_000_000, 524_288],
])("for %i units the filter has %i bits", (allocated, bits) => {
  expect(holderBits(allocated)).toBe(bits);
});

test("a filter that ends before a buyer's bits says that they hold nothing", () => {
  expect(mayHold({ bytes: new Uint8Array(), bits: 1024 }, aBuyer())).toBe(false);
  expect(mayHold({ bytes: new Uint8Array(128).fill(255), bits: 1024 }, aBuyer())).toBe(true);
});

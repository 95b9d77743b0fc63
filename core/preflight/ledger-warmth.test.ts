import { expect, test } from "vitest";
import { ledgerWarmth } from "./ledger-warmth.ts";

test.each([
  [0, null],
  [1_333, null],
  [1_334, { reads: 12_000, writes: 4_002 }],
  [5_000, { reads: 12_000, writes: 15_000 }],
])("%i attempts a second: %o", (attempts, expected) => {
  expect(ledgerWarmth(attempts)).toEqual(expected);
});

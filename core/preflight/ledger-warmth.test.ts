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

test.each([
  [0, null],
  [800, null],
  [801, { reads: 12_000, writes: 4_005 }],
  [5_000, { reads: 12_000, writes: 25_000 }],
])("%i joins a second, each with its puzzle: %o", (joins, expected) => {
  expect(ledgerWarmth(0, joins)).toEqual(expected);
});

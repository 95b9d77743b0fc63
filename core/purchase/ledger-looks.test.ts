import { expect, test } from "vitest";
import { aBuyer, aSale, NOW_MS } from "../../tests/support/test-sale.ts";
import { createLedgerLooks } from "./ledger-looks.ts";

const { saleId } = aSale();
const aLooks = () => createLedgerLooks({ nowMs: () => NOW_MS, monotonicMs: () => 0 });

test.each([
  [0, true],
  [999, true],
  [1_000, false],
  [-1, false],
])("of a sale whose record said %i ms ago that it goes on, it is not asked again: %s", (ageMs, isKnown) => {
  const looks = aLooks();
  expect(looks.isGoingOn(saleId)).toBe(false);
  looks.noteGoingOn(saleId, () => ageMs);
  expect(looks.isGoingOn(saleId)).toBe(isKnown);
});

test("a buyer's looks are theirs, for each sale", () => {
  const looks = aLooks();
  const buyerId = aBuyer();
  expect([looks.waitMs(saleId, buyerId, 1), looks.waitMs(saleId, buyerId, 1)]).toEqual([0, 10_000]);
  expect(looks.waitMs(saleId, aBuyer(), 1)).toBe(0);
  expect(looks.waitMs(aSale().saleId, buyerId, 1)).toBe(0);
});

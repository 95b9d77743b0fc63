import { expect, test } from "vitest";
import { aSale } from "../../tests/support/test-sale.ts";
import { gateKeys } from "./keys.ts";

test("a sale's keys share one hash tag, which is its own", () => {
  const [saleId, other] = [aSale().saleId, aSale().saleId];
  const tags = Object.values(gateKeys(saleId)).map((key) => /^\{([^{}]+)\}:\w+$/.exec(key)?.[1]);
  expect(new Set(tags)).toEqual(new Set([`${saleId}.0`]));
  expect(new Set(Object.values(gateKeys(saleId))).size).toBe(9);
  expect(Object.values(gateKeys(other))).not.toContain(gateKeys(saleId).gate);
});

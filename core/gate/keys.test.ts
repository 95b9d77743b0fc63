import { expect, test } from "vitest";
import { aSale } from "../../tests/support/test-sale.ts";
import { gateKeys } from "./keys.ts";

test("a sale's keys share one hash tag, which is its own", () => {
  const [one, other] = [aSale().saleId, aSale().saleId];
  const tags = Object.values(gateKeys(one)).map((key) => /^\{([^{}]+)\}:\w+$/.exec(key)?.[1]);
  expect(new Set(tags)).toEqual(new Set([`${one}.0`]));
  expect(new Set(Object.values(gateKeys(one))).size).toBe(5);
  expect(Object.values(gateKeys(other))).not.toContain(gateKeys(one).gate);
});

import { expect, test } from "vitest";
import { ratesBetween } from "./rates.ts";

const at = (second: number, reserved: number | null, confirmed: number, returned = 0) => ({
  serverTime: new Date(Date.UTC(2026, 10, 27, 9, 0, second)).toISOString(),
  attempts:
    reserved === null
      ? null
      : { reserved, soldOut: 10 * reserved, alreadyBought: 0, overLimit: 0, rateLimited: 0 },
  orders: { confirmed, rejected: 1, returned, soldUnits: confirmed },
});

test("a rate is what was added, over the time that the server says has passed", () => {
  expect(ratesBetween(at(0, 10, 5), at(2, 30, 6))).toEqual({
    atSeconds: Date.UTC(2026, 10, 27, 9, 0, 2) / 1000,
    reserved: 10,
    soldOut: 100,
    alreadyBought: 0,
    overLimit: 0,
    rateLimited: 0,
    rowsWritten: 0.5,
  });
});

test("what is not known is neither zero nor negative", () => {
  expect(ratesBetween(at(0, 10, 5), at(1, 3, 5))).toMatchObject({ reserved: null, rowsWritten: 0 });
  expect(ratesBetween(at(0, null, 5), at(1, 3, 5))).toMatchObject({ reserved: null, rowsWritten: 0 });
  expect(ratesBetween(at(0, 1, 5), at(1, null, 5))).toMatchObject({ reserved: null, rowsWritten: 0 });
  expect(ratesBetween(at(1, 1, 5), at(1, 2, 5))).toBeNull();
});

test("an order that is returned is the same row", () => {
  expect(ratesBetween(at(0, 1, 5), at(1, 1, 3, 2))).toMatchObject({ rowsWritten: 0 });
});

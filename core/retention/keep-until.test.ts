import { expect, test } from "vitest";
import { ordersGoBefore } from "./keep-until.ts";

const before = (now: string) => new Date(ordersGoBefore(Date.parse(now))).toISOString();

test("an order of 2018 is kept until 2026 has ended, and for a day more", () => {
  expect(before("2026-12-31T23:59:59.999Z")).toBe("2017-12-31T00:00:00.000Z");
  expect(before("2027-01-01T23:59:59.999Z")).toBe("2017-12-31T00:00:00.000Z");
  expect(before("2027-01-02T00:00:00.000Z")).toBe("2018-12-31T00:00:00.000Z");
});

test("what was ordered on the last day of a year is in the next one somewhere, and kept with that", () => {
  const lastDay = Date.parse("2018-12-31T10:00:00.000Z");
  expect(lastDay < ordersGoBefore(Date.parse("2027-06-01T00:00:00.000Z"))).toBe(false);
  expect(lastDay < ordersGoBefore(Date.parse("2028-01-02T00:00:00.000Z"))).toBe(true);
});

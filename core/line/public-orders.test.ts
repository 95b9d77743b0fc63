import { expect, test } from "vitest";
import type { SaleEntry } from "../reservation/ledger.ts";
import { sha256Hex } from "./bytes.ts";
import { orderPages } from "./public-orders.ts";

const entry = (place: number, more = {}): SaleEntry =>
  ({
    reservation: {
      orderId: `ord_${place}`,
      place,
      leaf: "ab",
      step: 2,
      quantity: 3,
      reservedAtMs: 77,
      ...more,
    },
    state: { kind: "confirmed", unitsLeft: 2 },
  }) as unknown as SaleEntry;

test("orders are published by place, a thousand to a page, under the hash of their id", () => {
  const { pages, count } = orderPages(Array.from({ length: 1_001 }, (_, i) => entry(1_001 - i)));
  expect(count).toBe(1_001);
  expect(pages.map((page) => page.split("\n").length - 1)).toEqual([1_000, 1]);
  expect(pages[0]!.split("\n")[0]).toBe(`${sha256Hex("ord_1")} 1 ab 2 3 2 confirmed 77`);
});

test("an order without a leaf shows that it has none", () => {
  const { pages } = orderPages([entry(1, { leaf: undefined, step: undefined })]);
  expect(pages[0]).toContain(" 1 - - 3 ");
});

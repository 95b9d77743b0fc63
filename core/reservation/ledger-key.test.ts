import { expect, test } from "vitest";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aBuyer, aSale } from "../../tests/support/test-sale.ts";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { buyerKey, LEDGER_PARTS, orderKey, partitionsOf } from "./ledger-key.ts";

test("an order lies in its buyer's partition of its sale, under the buyer's prefix", () => {
  const { saleId, orderId, buyerId } = aReservation();
  const order = orderKey(orderId, buyerId);
  const buyer = buyerKey(saleId, buyerId);
  expect(order.pk).toBe(buyer.pk);
  expect(order.sk.startsWith(buyer.prefix)).toBe(true);
  expect(partitionsOf(saleId)).toContain(order.pk);
});

test("where an entry lies never changes: entries are there", () => {
  const saleId = "sale_01KB2Q8ZW0ABCDEFGHJKMNPQRS" as SaleId;
  const buyerId = "byr_01KB2Q8ZW0ZYXWVTSRQPNMKJHG" as BuyerId;
  const orderId = "ord_01KB2Q8ZW0JKMNPQRS23456789" as OrderId;
  expect(orderKey(orderId, buyerId)).toEqual({
    pk: "JKMNPQRS#2",
    sk: "byr_01KB2Q8ZW0ZYXWVTSRQPNMKJHG#ord_01KB2Q8ZW0JKMNPQRS23456789",
  });
  expect(partitionsOf(saleId)).toHaveLength(LEDGER_PARTS);
});

test("16,000 buyers spread evenly over the 16 parts of a sale", () => {
  const { saleId } = aSale();
  const counts = new Map<string, number>();
  for (let i = 0; i < 16_000; i++) {
    const { pk } = buyerKey(saleId, aBuyer());
    counts.set(pk, (counts.get(pk) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual(partitionsOf(saleId).sort());
  expect(Math.min(...counts.values())).toBeGreaterThan(800);
  expect(Math.max(...counts.values())).toBeLessThan(1_200);
});

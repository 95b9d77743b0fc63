import { expect, test } from "vitest";
import {
  buyerIdPattern,
  newBuyerId,
  newOrderId,
  newSaleId,
  orderIdPattern,
  orderTag,
  saleIdPattern,
  saleTag,
} from "./ids.ts";

const nowMs = Date.parse("2026-11-27T09:00:00.000Z");

test("each id has the shape of its kind, and no other's", () => {
  const saleId = newSaleId(nowMs);
  const ids = [saleId, newOrderId(saleId, nowMs), newBuyerId(nowMs)];
  const patterns = [saleIdPattern, orderIdPattern, buyerIdPattern];
  expect(ids.map((id) => patterns.map((pattern) => pattern.test(id)))).toEqual([
    [true, false, false],
    [false, true, false],
    [false, false, true],
  ]);
});

test.each([
  "sale_",
  "sale_81J9ZQ4Z6XWT9YV3W3V9K8M2QD",
  "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QI",
  "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD\n",
])("%j is no sale id", (text) => {
  expect(saleIdPattern.test(text)).toBe(false);
});

test("an order id bears its sale's tag, and its time first", () => {
  const saleId = newSaleId(nowMs);
  expect(orderTag(newOrderId(saleId, nowMs))).toBe(saleTag(saleId));
  expect(newOrderId(saleId, nowMs) < newOrderId(saleId, nowMs + 1)).toBe(true);
});

test("100,000 orders of one sale in one millisecond are all different", () => {
  const saleId = newSaleId(nowMs);
  const ids = new Set(Array.from({ length: 100_000 }, () => newOrderId(saleId, nowMs)));
  expect(ids.size).toBe(100_000);
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { someOrders } from "../../tests/gate/buyer-orders-arbitrary.ts";
import type { OrderId } from "../ids.ts";
import { buyerOrdersText, parseBuyerOrders } from "./buyer-orders.ts";

test("units are written only once some came back, so that most orders stay short", () => {
  const order = { orderId: "ord_1" as OrderId, quantity: 3, place: 7, keyHash: "key_-A9" };
  const all = { ...order, unitsLeft: 3, unitsWithheld: 0 };
  expect(buyerOrdersText([all])).toBe("ord_1,3,7,key_-A9");
  expect(buyerOrdersText([{ ...all, unitsLeft: 1, unitsWithheld: 2 }, all])).toBe(
    "ord_1,3,7,key_-A9,1,2;ord_1,3,7,key_-A9",
  );
});

test("whatever orders are written, the same are read", () => {
  const property = fc.property(someOrders, (orders) => {
    expect(parseBuyerOrders(buyerOrdersText(orders))).toEqual(orders);
  });
  fc.assert(property);
});

test.each([
  "",
  "ord_1",
  "ord_1,1,1",
  "ord_1,1,1,",
  ",1,1,key",
  "ord_1,one,1,key",
  "ord_1,1.5,1,key",
  "ord_1,,1,key",
  "ord_1,1,1,key,",
  "ord_1,1,1,key,0",
  "ord_1,1,1,key,0,0,0",
  "ord_1,1,1,key,2,0",
  "ord_1,3,1,key,1,3",
  "ord_1,1,1,key;",
])("what no script wrote is refused, with its text: %o", (text) => {
  expect(() => parseBuyerOrders(text)).toThrow("the gate holds an order that nobody can read");
});

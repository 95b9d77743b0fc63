import { describe, expect, test } from "vitest";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import {
  countedKey,
  eventKey,
  orderKey,
  paymentIdKey,
  paymentKey,
  wishKey,
} from "../reservation/ledger-key.ts";
import { ownItems, ownMarks } from "./own-items.ts";

/** Two sales whose ids end alike. */
const [OWN, TWIN] = ["sale_01J9ZQ4Z6XAAAAAAAAV9K8M2QD", "sale_01J9ZQ4Z6XBBBBBBBBV9K8M2QD"] as [
  SaleId,
  SaleId,
];
const buyer = "byr_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as BuyerId;
const orderOf = (last: string) => `ord_01J9ZQ4Z6XV9K8M2QDAAAAAAA${last}` as OrderId;

const reservation = (saleId: SaleId, orderId: OrderId) => ({ ...orderKey(orderId, buyer), saleId, orderId });
const besides = (orderId: OrderId) => [
  eventKey(orderId, buyer, 1),
  paymentKey(orderId, buyer, 1),
  paymentIdKey(orderId, buyer, 1),
  wishKey(orderId, buyer, "w1"),
];
const marked = (epoch: number, ...orderIds: readonly OrderId[]) => ({
  ...countedKey(OWN, epoch, 0, "0"),
  orderIds,
});
const [own, twin, lost] = [orderOf("1"), orderOf("2"), orderOf("3")];
const items = [
  reservation(OWN, own),
  ...besides(own),
  reservation(TWIN, twin),
  ...besides(twin),
  ...besides(lost),
];

describe("of a sale whose id ends as another's", () => {
  test("nothing of the other is its own, nor what does not say whose it is", () => {
    const { entries, beside, orderIds } = ownItems(items, OWN, true);
    expect(entries).toEqual([reservation(OWN, own)]);
    expect(beside).toEqual(besides(own));
    expect([...orderIds]).toEqual([own]);
  });

  test("lists of what a gate counted are told apart by their orders", () => {
    const lists = [marked(2, own), marked(3, twin), marked(4, own, twin)];
    expect(ownMarks(lists, new Set([own]), true)).toEqual([marked(2, own)]);
  });
});

test("what lies beside no entry goes with the only sale of its kind, and never from beside another's", () => {
  const alone = items.filter((item) => !items.slice(5, 10).includes(item));
  expect(ownItems(alone, OWN, false).beside).toEqual([...besides(own), ...besides(lost)]);
  // Nobody has told of the other yet: its entries do.
  expect(ownItems(items, OWN, false).beside).toEqual([...besides(own), ...besides(lost)]);
  expect(ownMarks([marked(2, own), marked(3, lost)], new Set([own]), false)).toHaveLength(2);
});

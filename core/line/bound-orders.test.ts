import { expect, test } from "vitest";
import type { SaleEntry } from "../reservation/ledger.ts";
import { sha256Hex } from "./bytes.ts";
import { boundOrder, boundRows, ordersToBind, rootOfOrders } from "./bound-orders.ts";

const NOW_MS = 1_000_000;
const entry = (place: number, more = {}): SaleEntry =>
  ({
    reservation: {
      orderId: `ord_${place}`,
      place,
      leaf: "ab",
      step: 2,
      quantity: 1,
      reservedAtMs: place,
      ...more,
    },
    state: { kind: "confirmed", unitsLeft: 1 },
  }) as unknown as SaleEntry;
const rowsOf = (...places: number[]) => boundOrder(places.map((place) => entry(place)));
const hashOf = (place: number) => sha256Hex(`ord_${place}`);
const running = { nowMs: NOW_MS, isFinal: false };
const boundTo = (...places: number[]) => {
  const { count, place, root } = ordersToBind(rowsOf(...places), null, null, running)!.news;
  return { count, place, root, roots: [root] };
};

test("the first line binds all orders by their places, and the next one those that are new", () => {
  const first = ordersToBind(rowsOf(3, 1), null, null, running)!;
  expect(first.news).toMatchObject({ count: 2, place: 3, late: [], root: rootOfOrders(rowsOf(1, 3)) });
  expect(first.hashes).toEqual([1, 3].map(hashOf));
  const second = ordersToBind(rowsOf(1, 3, 4), boundTo(1, 3), null, running)!;
  expect(second.news).toMatchObject({ count: 3, place: 4, late: [], root: rootOfOrders(rowsOf(1, 3, 4)) });
  expect(second.hashes).toEqual([hashOf(4)]);
  expect(ordersToBind(rowsOf(1, 3, 4), boundTo(1, 3, 4), null, running)).toBeNull();
  expect(ordersToBind([], null, null, running)).toBeNull();
});

test("orders of the last seconds wait for those on their way, but not once all is settled", () => {
  const rows = boundOrder([entry(1), entry(2, { reservedAtMs: NOW_MS - 29_000 })]);
  expect(ordersToBind(rows, null, null, running)!.news).toMatchObject({ count: 1, place: 1 });
  expect(ordersToBind(rows, null, null, { nowMs: NOW_MS, isFinal: true })!.news).toMatchObject({ count: 2 });
});

test("an order of a place that is bound is named, and what was bound before is still told from it", () => {
  const bound = boundTo(1, 3);
  const known = new Set([1, 3].map(hashOf));
  const rows = rowsOf(1, 2, 3);
  const { news, hashes } = ordersToBind(rows, bound, known, running)!;
  expect(news).toMatchObject({ count: 3, place: 3, late: [hashOf(2)], root: rootOfOrders(rows) });
  expect(hashes).toEqual([hashOf(2)]);
  expect(rootOfOrders(boundRows(rows, bound, known))).toBe(bound.root);
  // A place that two orders have: the second one came late.
  const twice = boundOrder([entry(1), entry(3), entry(3, { orderId: "ord_other" })]);
  expect(ordersToBind(twice, bound, known, running)!.news.late).toEqual([sha256Hex("ord_other")]);
});

test("more late orders than one line names are bound by the next ones", () => {
  const bound = boundTo(2_000);
  const known = new Set([hashOf(2_000)]);
  const all = rowsOf(...Array.from({ length: 600 }, (_, i) => i + 1), 2_000);
  const { news, hashes } = ordersToBind(all, bound, known, running)!;
  expect(news).toMatchObject({ count: 501, place: 2_000 });
  expect(news.late).toHaveLength(500);
  const next = ordersToBind(
    all,
    { ...news, roots: [bound.root, news.root] },
    new Set([...known, ...hashes]),
    running,
  )!;
  expect(next.news).toMatchObject({ count: 601 });
  expect(next.news.late).toHaveLength(100);
});

test("what an order is bound by never changes, and each part of it does", () => {
  const root = rootOfOrders(rowsOf(1));
  const returned = { ...entry(1), state: { kind: "returned", unitsLeft: 0, unitsWithheld: 0 } } as SaleEntry;
  expect(rootOfOrders(boundOrder([returned]))).toBe(root);
  for (const more of [
    { leaf: "cd" },
    { step: 3 },
    { quantity: 2 },
    { reservedAtMs: 9 },
    { orderId: "ord_x" },
  ])
    expect(rootOfOrders(boundOrder([entry(1, more)]))).not.toBe(root);
});

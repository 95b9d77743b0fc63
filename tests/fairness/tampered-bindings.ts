import { edit, isKind, type TamperedWorld, withNews, withOrder } from "./tamper.ts";
import type { News } from "./world.ts";
import { boundRoom as bound } from "./worlds.ts";

const [first, second] = bound.orders;
const notItsRoot = "the orders do not make its root";
const binding = (number: number) => {
  const lines = bound.news.filter(isKind("orders"));
  return (line: News) => line === lines.at(number);
};

/** Orders that are not those which the log binds. */
export const tamperedBindings: readonly TamperedWorld[] = [
  ["an order is left out", { ...bound, orders: bound.orders.toSpliced(3, 1) }, notItsRoot],
  [
    "an order is added",
    { ...bound, orders: [...bound.orders, { ...first!, orderId: "ord_9", place: 9, unitsLeft: 0 }] },
    "7 are final, and the log binds 6",
  ],
  [
    "an order is added between others",
    { ...bound, orders: bound.orders.toSpliced(1, 0, { ...first!, orderId: "ord_9", unitsLeft: 0 }) },
    notItsRoot,
  ],
  ["an order is another's", withOrder(bound, 0, { orderId: "ord_9" }), notItsRoot],
  ["an order is of another place", withOrder(bound, 5, { place: 8 }), notItsRoot],
  ["an order is of another leaf", withOrder(bound, 0, { leaf: second!.leaf }), notItsRoot],
  ["an order was reserved later", withOrder(bound, 0, { reservedAtMs: first!.reservedAtMs + 1 }), notItsRoot],
  ["an order is of more units", withOrder(bound, 2, { quantity: 2 }), notItsRoot],
  ["a binding is edited", edit(bound, binding(1), { root: "00".repeat(32) }), notItsRoot],
  ["a binding hides who came late", edit(bound, binding(2), { late: [] }), notItsRoot],
  ["a binding binds nothing anew", withNews(bound, binding(1), (line) => [line, line]), "no order anew"],
  [
    "the last binding is left out",
    withNews(bound, binding(-1), () => []),
    "6 are final, and the log binds 4",
  ],
  ["all bindings are left out", withNews(bound, isKind("orders"), () => []), "the log binds 0"],
  ["a place fell", edit(bound, binding(-1), { place: 3 }), "is bound fell"],
  ["a log of version 1 binds orders", edit(bound, isKind("rules"), { version: 1 }), "binds no orders"],
];

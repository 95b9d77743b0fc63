import { hashOf } from "./protocol.ts";
import { unitsOf } from "./room.ts";
import { edit, isKind, type TamperedWorld, withNews, withOrder } from "./tamper.ts";
import type { News } from "./world.ts";
import { settledRoom as settled } from "./worlds.ts";

const [first, second] = settled.orders;
const notItsRoot = "what became of the orders does not make its root";
const saying = (number: number) => {
  const lines = settled.news.filter(isKind("units"));
  return (line: News) => line === lines.at(number);
};
const sayings = settled.news.filter(isKind("units"));
const changedIn = (number: number) => sayings.at(number)!["changed"] as string[];
/** The last change as a forger would say it, with a root that is right. */
const became = (unitsLeft: number, state: string, was: string) => {
  const changed = changedIn(-1).map((text) => `${text.slice(0, 64)} ${was}`);
  const orders = settled.orders.map((order) =>
    order.place === first!.place ? { ...order, unitsLeft, state } : order,
  );
  const { root, unitsLeft: left } = unitsOf(0, orders);
  return { ...edit(settled, saying(-1), { changed, root, unitsLeft: left }), orders };
};

/** What became of orders, otherwise than the log says it. */
export const tamperedSayings: readonly TamperedWorld[] = [
  ["an order has more units left", withOrder(settled, 0, { unitsLeft: 1 }), notItsRoot],
  ["an order has fewer units left", withOrder(settled, 1, { unitsLeft: 0 }), notItsRoot],
  ["an order is in another state", withOrder(settled, 1, { state: "returned" }), notItsRoot],
  ["an order's money is not given back", withOrder(settled, 0, { state: "returned" }), notItsRoot],
  ["a change is left out", withNews(settled, saying(-1), () => []), notItsRoot],
  [
    "all that is said is left out",
    withNews(settled, isKind("units"), () => []),
    "6 are final, and the log says of 0 what became of them",
  ],
  ["a root is edited", edit(settled, saying(1), { root: "00".repeat(32) }), notItsRoot],
  ["a sum is edited", edit(settled, saying(-1), { unitsLeft: 9 }), "it says 9"],
  [
    "a change names another order",
    edit(settled, saying(-1), { changed: [changedIn(-1)[0]!.replace(/^.{64}/, hashOf(second!.orderId))] }),
    "did not change",
  ],
  [
    "a change names a stranger",
    edit(settled, saying(-1), { changed: [changedIn(-1)[0]!.replace(/^.{64}/, "ab".repeat(32))] }),
    "did not change",
  ],
  [
    "a change says that an order was another",
    edit(settled, saying(-1), { changed: changedIn(-1).map((text) => text.replace("confirmed", "held")) }),
    notItsRoot,
  ],
  ["a change hides what changed", edit(settled, saying(1), { changed: [] }), notItsRoot],
  ["units come from nowhere", became(1, "confirmed", "0 returned"), "units only come back"],
  ["a rejected order is returned", became(0, "returned", "0 rejected"), "units only come back"],
  [
    "the first one names changes",
    edit(settled, saying(0), { changed: changedIn(1) }),
    "nothing new of the orders",
  ],
  [
    "one says nothing anew",
    withNews(settled, saying(-1), (line) => [line, { ...line, changed: [] }]),
    "nothing new of the orders",
  ],
  ["one is of fewer orders", edit(settled, saying(-1), { count: 5 }), "not of the orders that are bound"],
  [
    "one stands before the orders are bound",
    withNews(settled, isKind("orders"), () => []),
    "not of the orders that are bound",
  ],
  [
    "a log of version 2 says it",
    edit(settled, isKind("rules"), { version: 2 }),
    "does not bind what became of orders",
  ],
  [
    "changes are out of order",
    edit(settled, saying(-1), { changed: [...changedIn(-1), ...changedIn(-1)] }),
    "has not the form",
  ],
];

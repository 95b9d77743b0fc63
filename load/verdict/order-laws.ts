import { mayHold } from "../../core/gate/holder-filter.ts";
import type { BuyerId, OrderId } from "../../core/ids.ts";
import { type ClientAnswer, saysHeld } from "./client-answer.ts";
import type { Facts, StoredOrder } from "./facts.ts";
import { mustEqual, type Violation, violationOf } from "./violation.ts";

const isRejected = (order: { readonly state: string }) => order.state === "rejected";
const isAlive = (order: { readonly state: string }) => order.state !== "rejected";

/** One truth, one per buyer, settled, places, holders: the orders themselves, store by store. */
export function judgeOrders(
  { gate, ledger, database }: Facts,
  clientLog: readonly ClientAnswer[],
  unheard: ReadonlySet<BuyerId>,
): Violation[] {
  const told = toldOrders(clientLog);
  const rejectedRows = idsOf(database.rows.filter(isRejected));
  const gateOrders = gate.orders.filter((order) => !rejectedRows.has(order.orderId));
  const stores = [
    ["the gate", gateOrders],
    ["the ledger", ledger.filter(isAlive)],
    ["PostgreSQL", database.rows.filter(isAlive)],
  ] as const;
  const rejected = idsOf(ledger.filter(isRejected));
  const places = gateOrders.map((order) => order.place).sort((a, b) => a - b);
  const given = new Set(gate.orders.map((order) => order.place));
  return [
    ...stores.flatMap(([name, orders]) => [
      ...compare(told, name, orders, unheard),
      ...sameAs("the gate", gateOrders, name, orders),
      ...overLimit(name, orders, database.purchaseLimit),
    ]),
    ...difference("rejected in the ledger but not in PostgreSQL", rejected, rejectedRows),
    ...difference("rejected in PostgreSQL but not in the ledger", rejectedRows, rejected),
    ...violationOf("settled", "reservations left in the outbox", gate.outbox),
    ...violationOf("settled", "ledger entries without a settlement", openOrders(ledger)),
    ...mustEqual("places", "last place given and places of the gate's orders", gate.places, given.size),
    ...violationOf(
      "places",
      "places given twice",
      places.filter((place, i) => place === places[i - 1]).map(String),
    ),
    ...violationOf(
      "places",
      "places out of line",
      [...given].filter((place) => place > gate.places).map(String),
    ),
    ...violationOf("holders", "holders whom the filter misses", missedHolders(gate)),
  ];
}

/** The orders that the buyers were told they have, each once. */
function toldOrders(clientLog: readonly ClientAnswer[]): StoredOrder[] {
  const told = new Map<OrderId, StoredOrder>();
  for (const answer of clientLog) {
    if (!saysHeld(answer)) continue;
    const { orderId, buyerId, quantity, place } = answer;
    told.set(orderId, { orderId, buyerId, quantity, place, unitsLeft: quantity });
  }
  return [...told.values()];
}

/** Equality both ways of what buyers were told and what a store holds: the same ids, each once, with the same content. */
function compare(
  told: readonly StoredOrder[],
  name: string,
  orders: readonly StoredOrder[],
  unheard: ReadonlySet<BuyerId>,
): Violation[] {
  const byId = new Map(orders.map((order) => [order.orderId, order]));
  const isOther = (one: StoredOrder) => {
    const order = byId.get(one.orderId);
    return order !== undefined && describe(order) !== describe(one);
  };
  return [
    ...difference(`accepted but not in ${name}`, idsOf(told), new Set(byId.keys())),
    ...difference(
      `in ${name} but accepted by no answer`,
      idsOf(orders.filter((order) => !unheard.has(order.buyerId))),
      idsOf(told),
    ),
    ...mustEqual("one_truth", `orders in ${name} and their distinct ids`, orders.length, byId.size),
    ...violationOf("one_truth", `orders that ${name} tells otherwise`, told.filter(isOther).map(describe)),
  ];
}

/** What the buyers were told compares the stores already, but for orders of which nobody was told. */
function sameAs(
  left: string,
  lefts: readonly StoredOrder[],
  right: string,
  rights: readonly StoredOrder[],
): Violation[] {
  return [
    ...difference(`in ${left} but not in ${right}`, idsOf(lefts), idsOf(rights)),
    ...difference(`in ${right} but not in ${left}`, idsOf(rights), idsOf(lefts)),
  ];
}

const describe = (order: StoredOrder) =>
  `${order.orderId} (${order.buyerId}, ${order.quantity} units, place ${order.place})`;

function overLimit(name: string, orders: readonly StoredOrder[], purchaseLimit: number): Violation[] {
  const units = new Map<BuyerId, number>();
  for (const { buyerId, unitsLeft } of orders) units.set(buyerId, (units.get(buyerId) ?? 0) + unitsLeft);
  const over = [...units].filter(([, held]) => held > purchaseLimit).map(([buyerId]) => buyerId);
  return violationOf("one_per_buyer", `buyers over the purchase limit in ${name}`, over);
}

const idsOf = (orders: readonly StoredOrder[]): ReadonlySet<OrderId> =>
  new Set(orders.map((order) => order.orderId));

const difference = (what: string, left: ReadonlySet<OrderId>, right: ReadonlySet<OrderId>): Violation[] =>
  violationOf(
    "one_truth",
    what,
    [...left].filter((id) => !right.has(id)),
  );

const openOrders = (ledger: Facts["ledger"]) =>
  ledger.filter((order) => order.state === "reserved").map((order) => order.orderId);

const missedHolders = ({ orders, holders }: Facts["gate"]) =>
  orders.filter((order) => !mayHold(holders, order.buyerId)).map((order) => order.buyerId);

import { mayHold } from "../../core/gate/holder-filter.ts";
import type { BuyerId, OrderId } from "../../core/ids.ts";
import { buyerLaws } from "./buyer-laws.ts";
import { type ClientAnswer, saysHeld } from "./client-answer.ts";
import type { Facts, StoredOrder } from "./facts.ts";
import { mustEqual, type Violation, violationOf } from "./violation.ts";

const isRejected = (order: { readonly state: string }) => order.state === "rejected";
const isAlive = (order: { readonly state: string }) => order.state !== "rejected";

type AcceptedOrder = Pick<StoredOrder, "orderId" | "buyerId" | "quantity" | "place">;

/** One truth, what is a buyer's, settled, places, holders: the orders themselves, store by store. */
export function judgeOrders(
  facts: Facts,
  clientLog: readonly ClientAnswer[],
  unheard: ReadonlySet<string>,
): Violation[] {
  const { gate, ledger, database } = facts;
  const accepted = acceptedOrders(clientLog);
  const unheardBuyers = new Set(
    clientLog.filter(({ key }) => unheard.has(key)).map(({ buyerId }) => buyerId),
  );
  const rejectedRows = idsOf(database.rows.filter(isRejected));
  const gateOrders = gate.orders.filter((order) => !rejectedRows.has(order.orderId));
  const stores = [
    ["the gate", gateOrders],
    ["the ledger", ledger.filter(isAlive)],
    ["PostgreSQL", database.rows.filter(isAlive)],
  ] as const;
  const rejected = idsOf(ledger.filter(isRejected));
  return [
    ...stores.flatMap(([name, orders]) => [
      ...compare(accepted, name, orders, unheardBuyers),
      ...sameAs("the gate", gateOrders, name, orders),
    ]),
    ...otherUnits(facts),
    ...buyerLaws(facts),
    ...difference("rejected in the ledger but not in PostgreSQL", rejected, rejectedRows),
    ...difference("rejected in PostgreSQL but not in the ledger", rejectedRows, rejected),
    ...violationOf("settled", "reservations left in the outbox", gate.outbox),
    ...violationOf("settled", "ledger entries without a settlement", openOrders(ledger)),
    ...placeLaws(gate, gateOrders),
    ...violationOf("holders", "holders whom the filter misses", missedHolders(gate)),
  ];
}

/** The orders that the buyers were told they have, each once. */
function acceptedOrders(clientLog: readonly ClientAnswer[]): AcceptedOrder[] {
  const accepted = new Map<OrderId, AcceptedOrder>();
  for (const answer of clientLog) {
    if (!saysHeld(answer)) continue;
    const { orderId, buyerId, orderQuantity: quantity, place } = answer;
    accepted.set(orderId, { orderId, buyerId, quantity, place });
  }
  return [...accepted.values()];
}

/** Equality both ways of what buyers were told and what a store holds: the same ids, each once, with the same content. */
function compare(
  accepted: readonly AcceptedOrder[],
  name: string,
  orders: readonly StoredOrder[],
  unheardBuyers: ReadonlySet<BuyerId>,
): Violation[] {
  const byId = new Map(orders.map((order) => [order.orderId, order]));
  const isOther = (answered: AcceptedOrder) => {
    const order = byId.get(answered.orderId);
    return order !== undefined && describe(order) !== describe(answered);
  };
  return [
    ...difference(`accepted but not in ${name}`, idsOf(accepted), new Set(byId.keys())),
    ...difference(
      `in ${name} but accepted by no answer`,
      idsOf(orders.filter((order) => !unheardBuyers.has(order.buyerId))),
      idsOf(accepted),
    ),
    ...mustEqual("one_truth", `orders in ${name} and their distinct ids`, orders.length, byId.size),
    ...violationOf(
      "one_truth",
      `orders that ${name} tells otherwise`,
      accepted.filter(isOther).map(describe),
    ),
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

/** Of each order, rejected ones included, the same units are left and withheld wherever it is known. */
function otherUnits({ gate, ledger, database }: Facts): Violation[] {
  const rows = new Map(database.rows.map((row) => [row.orderId, row]));
  const others = (orders: readonly StoredOrder[]) =>
    orders.flatMap((order) => {
      const row = rows.get(order.orderId);
      return !row || units(row) === units(order)
        ? []
        : [`${order.orderId} (${units(order)}; in its row ${units(row)})`];
    });
  return [
    ...violationOf("one_truth", "orders of which the gate counts other units", others(gate.orders)),
    ...violationOf("one_truth", "orders of which the ledger knows other units", others(ledger)),
  ];
}

function placeLaws(gate: Facts["gate"], gateOrders: Facts["gate"]["orders"]): Violation[] {
  const places = gateOrders.map((order) => order.place).sort((a, b) => a - b);
  const distinct = new Set(gate.orders.map((order) => order.place));
  const twice = places.filter((place, i) => place === places[i - 1]);
  const beyond = [...distinct].filter((place) => place > gate.places);
  return [
    ...mustEqual("places", "last place given and places of the gate's orders", gate.places, distinct.size),
    ...violationOf("places", "places given twice", twice.map(String)),
    ...violationOf("places", "places out of line", beyond.map(String)),
  ];
}

const units = (order: StoredOrder) => `${order.unitsLeft} left, ${order.unitsWithheld} withheld`;

const describe = (order: AcceptedOrder) =>
  `${order.orderId} (${order.buyerId}, ${order.quantity} units, place ${order.place})`;

const idsOf = (orders: readonly Pick<StoredOrder, "orderId">[]): ReadonlySet<OrderId> =>
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

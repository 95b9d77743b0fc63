import type { Facts, StoredOrder } from "./facts.ts";
import { unitsByBuyer } from "./units.ts";
import { type Violation, violationOf } from "./violation.ts";

/** What is a buyer's: units up to the purchase limit, one order for a key, and a number that is given once. */
export const buyerLaws = ({ gate, ledger, database }: Facts): Violation[] => [
  ...overLimit("the gate", gate.orders, database.purchaseLimit),
  ...overLimit("the ledger", ledger, database.purchaseLimit),
  ...overLimit("PostgreSQL", database.rows, database.purchaseLimit),
  ...violationOf(
    "one_per_buyer",
    "buyers whose counted units are not those of their rows",
    miscounted(database),
  ),
  ...twice(
    "one_per_buyer",
    "keys with two orders",
    ledger
      .filter(({ state }) => state !== "rejected")
      .map((order) => `${order.buyerId} key ${order.keyHash}`),
  ),
  ...numberLaws(ledger, database.rows),
];

function overLimit(name: string, orders: readonly StoredOrder[], purchaseLimit: number): Violation[] {
  const over = [...unitsByBuyer(orders)].filter(([, units]) => units > purchaseLimit);
  return violationOf(
    "one_per_buyer",
    `buyers over the purchase limit in ${name}`,
    over.map(([buyerId]) => buyerId),
  );
}

function miscounted({ rows, buyerUnits }: Facts["database"]): string[] {
  const ofRows = unitsByBuyer(rows);
  return [...new Set([...ofRows.keys(), ...buyerUnits.keys()])].filter(
    (buyerId) => (ofRows.get(buyerId) ?? 0) !== (buyerUnits.get(buyerId) ?? 0),
  );
}

/** Over ledger and rows together: an order may be in one of them alone, and one that was rejected keeps its number. */
function numberLaws(ledger: Facts["ledger"], rows: Facts["database"]["rows"]): Violation[] {
  const orders = new Map([...ledger, ...rows].map((order) => [`${order.orderId} number ${order.n}`, order]));
  return twice(
    "numbers",
    "numbers that two orders of a buyer have, or orders that have two",
    [...orders.values()].flatMap(({ buyerId, n, orderId }) => [`${buyerId} number ${n}`, orderId]),
  );
}

const twice = (law: Violation["law"], what: string, names: readonly string[]): Violation[] =>
  violationOf(
    law,
    what,
    [...Map.groupBy(names, (name) => name)].filter(([, same]) => same.length > 1).map(([name]) => name),
  );

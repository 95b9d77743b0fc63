import type { OrderId } from "../../../core/ids.ts";
import type { Facts, StoredOrder } from "../../verdict/facts.ts";
import { type Violation, violationOf } from "../../verdict/violation.ts";
import { unitsByBuyer } from "../../verdict/units.ts";

/**
 * Judges the stores of a sale that is paid for, once it is at rest: each order that ever took a unit is told alike by the
 * ledger and by its row, those that ended unpaid included, and the gate counts what is left of it.
 *
 * @param toldOrders the orders that somebody was told are held for them.
 */
export function judgePaidStores(
  { gate, ledger, database }: Facts,
  toldOrders: ReadonlySet<OrderId>,
): Violation[] {
  const rows = new Map(database.rows.map((row) => [row.orderId, row]));
  const entries = new Map(ledger.map((entry) => [entry.orderId, entry]));
  const gateUnits = new Map(gate.orders.map((order) => [order.orderId, order.unitsLeft]));
  const tellOtherwise = ledger.filter((entry) => {
    const row = rows.get(entry.orderId);
    return row !== undefined && (row.state !== entry.state || units(row) !== units(entry));
  });
  const countedOtherwise = database.rows.filter(
    ({ orderId, unitsLeft }) => (gateUnits.get(orderId) ?? 0) !== unitsLeft,
  );
  const surplus = [...unitsByBuyer(database.rows)].filter(([, count]) => count > database.purchaseLimit);
  return [
    ...violationOf("one_truth", "orders of the ledger without a row", missing(ledger, rows)),
    ...violationOf("one_truth", "rows without an entry in the ledger", missing(database.rows, entries)),
    ...violationOf(
      "one_truth",
      "orders that their row tells otherwise than the ledger",
      tellOtherwise.map(({ orderId, state }) => `${orderId} ${state}`),
    ),
    ...violationOf(
      "one_truth",
      "orders of which the gate counts other units than their row",
      countedOtherwise.map(({ orderId }) => orderId),
    ),
    ...violationOf(
      "one_truth",
      "orders that somebody was told of, and that no ledger has",
      [...toldOrders].filter((orderId) => !entries.has(orderId)),
    ),
    ...violationOf(
      "one_per_buyer",
      "buyers with more units than one may have",
      surplus.map(([buyerId]) => buyerId),
    ),
  ];
}

const units = ({ unitsLeft, unitsWithheld }: StoredOrder) => `${unitsLeft}/${unitsWithheld}`;

const missing = (orders: readonly StoredOrder[], where: ReadonlyMap<OrderId, unknown>): OrderId[] =>
  orders.map(({ orderId }) => orderId).filter((orderId) => !where.has(orderId));

import type { SaleEntry } from "../reservation/ledger.ts";
import type { Facts } from "./facts.ts";
import type { OrderGroups } from "./order-groups.ts";
import type { Difference } from "./report.ts";

/** An entry without an order for longer than this, while nothing is on the way, will not get one by itself. */
const OVERDUE_MS = 30_000;

/** Orders on which the stores disagree. */
export function driftOf(facts: Facts, groups: OrderGroups): Difference[] {
  const { entries, outbox, leftOf, inGate, counted, confirmed } = groups;
  return [
    ...facts.gateOrders
      .filter(({ orderId, unitsLeft }) => unitsLeft > 0 && leftOf(orderId) === null && !outbox.has(orderId))
      .map(({ orderId, unitsLeft }): Difference => ({
        orderId,
        quantity: unitsLeft,
        kind: "gate_only",
        requestId: null,
      })),
    ...counted.flatMap(({ reservation: { orderId, requestId } }): Difference[] => {
      const missing = (leftOf(orderId)?.unitsLeft ?? 0) - inGate(orderId);
      return missing > 0 ? [{ orderId, quantity: missing, kind: "missing_in_gate", requestId }] : [];
    }),
    ...confirmed
      .filter(({ orderId }) => !entries.has(orderId))
      .map(({ orderId, unitsLeft, requestId }): Difference => ({
        orderId,
        quantity: unitsLeft,
        kind: "order_without_entry",
        requestId,
      })),
  ];
}

const asKind =
  (kind: Difference["kind"]) =>
  ({ reservation: { orderId, quantity, requestId } }: SaleEntry): Difference => ({
    orderId,
    quantity,
    kind,
    requestId,
  });

/** Orders that the guardian brings on by itself: two kinds are published again, one is told to the gate. */
export function unfinishedOf(facts: Facts, groups: OrderGroups): Difference[] {
  const { rows, entries, outbox, undecided, withoutOrder, notGivenBack } = groups;
  const isBusy = facts.queue.waiting + facts.queue.inFlight > 0;
  const isOverdue = ({ reservation }: SaleEntry) =>
    !isBusy && !outbox.has(reservation.orderId) && facts.nowMs - reservation.reservedAtMs > OVERDUE_MS;
  return [
    ...undecided.filter(isOverdue).map(asKind("undecided")),
    ...withoutOrder.filter(isOverdue).map(asKind("without_order")),
    ...notGivenBack.map(({ order, left }): Difference => ({
      orderId: order.orderId,
      quantity: order.unitsLeft - left.unitsLeft,
      kind: "not_given_back",
      requestId: (rows.get(order.orderId) ?? entries.get(order.orderId)?.reservation)?.requestId ?? null,
    })),
  ];
}

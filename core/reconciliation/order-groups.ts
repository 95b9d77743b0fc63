import type { GateOrder } from "../gate/gate-contents.redis.ts";
import type { OrderId } from "../ids.ts";
import type { SaleEntry } from "../reservation/ledger.ts";
import type { Facts, OrderRow } from "./facts.ts";

/** What became of an order's units. */
type Left = Pick<OrderRow, "unitsLeft" | "unitsWithheld">;

/** A sale's orders by where they are on their way through the stores. */
export type OrderGroups = ReturnType<typeof groupOrders>;

export function groupOrders(facts: Facts) {
  const rows = new Map(facts.orders.map((row) => [row.orderId, row]));
  const gate = new Map(facts.gateOrders.map((order) => [order.orderId, order]));
  const outbox = new Set(facts.outbox);
  const entries = new Map(facts.ledger.map((entry) => [entry.reservation.orderId, entry]));
  /** What PostgreSQL has decided, else what the ledger knows; null: neither knows the order. */
  const leftOf = (id: OrderId): Left | null => rows.get(id) ?? entries.get(id)?.state ?? null;
  const inGate = (id: OrderId): number => gate.get(id)?.unitsLeft ?? 0;
  const isUndecided = ({ reservation: { orderId }, state, countedEpoch }: SaleEntry) =>
    (state.kind === "reserved" || state.kind === "held") &&
    !rows.has(orderId) &&
    inGate(orderId) === 0 &&
    countedEpoch < facts.servedEpoch;

  const withUnits = facts.ledger.filter(
    ({ reservation }) => (leftOf(reservation.orderId)?.unitsLeft ?? 0) > 0,
  );
  const counted = withUnits.filter((entry) => !isUndecided(entry));
  const withoutRow = counted.filter(({ reservation }) => !rows.has(reservation.orderId));
  return {
    rows,
    entries,
    outbox,
    leftOf,
    inGate,
    /** In the ledger, of an older epoch, and in no gate: somebody has to decide. */
    undecided: withUnits.filter(isUndecided),
    counted,
    withoutRow,
    holds: withoutRow.filter(({ state }) => state.kind === "held"),
    /** Accepted, or a hold that ended, whose row is still to come. */
    withoutOrder: [
      ...withoutRow.filter(({ state }) => state.kind !== "held"),
      ...facts.ledger.filter((entry) => hasEnded(entry) && !rows.has(entry.reservation.orderId)),
    ],
    confirmed: facts.orders.filter((row) => row.unitsLeft > 0),
    /** Of which the gate still counts units that came back. */
    notGivenBack: facts.gateOrders.flatMap((order): { order: GateOrder; left: Left }[] => {
      const left = leftOf(order.orderId);
      return left && left.unitsLeft < order.unitsLeft ? [{ order, left }] : [];
    }),
    /** On the way from the gate to the ledger. */
    outboxOnly: facts.gateOrders.filter(({ orderId }) => !leftOf(orderId) && outbox.has(orderId)),
  };
}

/** A hold that ended unpaid: its one event is in the ledger, and its row may be on the way. */
const hasEnded = ({ reservation: { heldUntilMs }, state: { unitsLeft } }: SaleEntry): boolean =>
  heldUntilMs !== undefined && unitsLeft === 0;

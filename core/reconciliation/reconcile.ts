import type { GateOrder } from "../gate/gate-contents.redis.ts";
import type { OrderId } from "../ids.ts";
import type { SaleEntry } from "../reservation/ledger.ts";
import { isConserved, type Stock } from "../sale/stock.ts";

export type OrderRow = {
  readonly orderId: OrderId;
  readonly state: "confirmed" | "rejected";
  readonly quantity: number;
  readonly requestId: string;
};

/** What each store says of one sale; read in this order, so that what an earlier one has, a later one must have too. */
export type Facts = {
  readonly orders: readonly OrderRow[];
  /** The counter beside the rows. */
  readonly soldInOrders: number;
  readonly servedEpoch: number;
  readonly ledger: readonly SaleEntry[];
  readonly gateOrders: readonly GateOrder[];
  readonly outbox: readonly OrderId[];
  readonly stock: Stock;
  readonly queue: { readonly waiting: number; readonly inFlight: number };
  readonly deadLetters: number;
  /** By the gate's clock. */
  readonly nowMs: number;
};

export type Identity = {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly holds: boolean;
};

/** A difference between the stores, of one order, traced to its request. */
export type Difference = {
  readonly orderId: OrderId;
  readonly quantity: number;
  readonly kind: "gate_only" | "missing_in_gate" | "order_without_entry" | "without_order" | "undecided";
  readonly requestId: string | null;
};

export type Report = {
  readonly identities: readonly Identity[];
  readonly differences: readonly Difference[];
  /** Units on which the stores disagree; in flight is no disagreement. */
  readonly driftUnits: number;
  /** Accepted, and on the way to an order row. */
  readonly inFlight: number;
  readonly rejected: number;
  readonly deadLetters: number;
};

/** An entry without an order for longer than this, while nothing is on the way, will not get one by itself. */
const OVERDUE_MS = 30_000;

/** Compares the stores. `without_order` and `undecided` are not drift: the guardian publishes them again. */
export function reconcile(facts: Facts): Report {
  const rows = new Map(facts.orders.map((row) => [row.orderId, row]));
  const gate = new Map(facts.gateOrders.map((order) => [order.orderId, order]));
  const outbox = new Set(facts.outbox);
  const entries = new Map(facts.ledger.map((entry) => [entry.reservation.orderId, entry]));
  const isRejected = (id: OrderId) =>
    (rows.get(id)?.state ?? entries.get(id)?.settlement?.state) === "rejected";
  const isUndecided = ({ reservation, countedEpoch, settlement }: SaleEntry) =>
    settlement === null &&
    !rows.has(reservation.orderId) &&
    !gate.has(reservation.orderId) &&
    Math.max(reservation.epoch, countedEpoch) < facts.servedEpoch;
  const isBusy = facts.queue.waiting + facts.queue.inFlight > 0;
  const isOverdue = ({ reservation }: SaleEntry) =>
    !isBusy && !outbox.has(reservation.orderId) && facts.nowMs - reservation.reservedAtMs > OVERDUE_MS;

  const live = facts.ledger.filter((entry) => !isRejected(entry.reservation.orderId));
  const undecided = live.filter(isUndecided);
  const counted = live.filter((entry) => !isUndecided(entry));
  const withoutOrder = counted.filter((entry) => !rows.has(entry.reservation.orderId));
  const of = (kind: Difference["kind"]) => (entry: SaleEntry) => ({
    orderId: entry.reservation.orderId,
    quantity: entry.reservation.quantity,
    kind,
    requestId: entry.reservation.requestId,
  });
  const confirmed = facts.orders.filter((row) => row.state === "confirmed");
  const drift: Difference[] = [
    ...facts.gateOrders
      .filter(
        (order) => (!entries.has(order.orderId) && !outbox.has(order.orderId)) || isRejected(order.orderId),
      )
      .map(({ orderId, quantity }) => ({ orderId, quantity, kind: "gate_only" as const, requestId: null })),
    ...counted.filter((entry) => !gate.has(entry.reservation.orderId)).map(of("missing_in_gate")),
    ...confirmed
      .filter((row) => !entries.has(row.orderId))
      .map((row) => ({ ...row, kind: "order_without_entry" as const })),
  ].map(({ orderId, quantity, kind, requestId }) => ({ orderId, quantity, kind, requestId }));

  const soldRows = sum(confirmed);
  const outboxOnly = facts.gateOrders.filter(
    (order) => !entries.has(order.orderId) && outbox.has(order.orderId),
  );
  const ledgerUnits = sum(counted.map((entry) => entry.reservation));
  return {
    identities: [
      identity(
        "available + held + sold = allocated",
        stockSum(facts.stock),
        facts.stock.allocated,
        isConserved(facts.stock),
      ),
      identity(
        "sold in the gate = units of its buyers",
        facts.stock.sold + facts.stock.held,
        sum(facts.gateOrders),
      ),
      identity("gate = ledger + outbox", sum(facts.gateOrders), ledgerUnits + sum(outboxOnly)),
      identity(
        "ledger = order rows + in flight",
        ledgerUnits,
        soldRows + sum(withoutOrder.map((entry) => entry.reservation)),
      ),
      identity("sales.sold = order rows", facts.soldInOrders, soldRows),
    ],
    differences: [
      ...drift,
      ...undecided.filter(isOverdue).map(of("undecided")),
      ...withoutOrder.filter(isOverdue).map(of("without_order")),
    ],
    driftUnits: sum(drift),
    inFlight: withoutOrder.length + outboxOnly.length,
    rejected: facts.orders.length - confirmed.length,
    deadLetters: facts.deadLetters,
  };
}

const sum = (all: readonly { readonly quantity: number }[]) =>
  all.reduce((units, one) => units + one.quantity, 0);
const stockSum = ({ available, held, sold }: Stock) => available + held + sold;

const identity = (name: string, left: number, right: number, holds = left === right): Identity => ({
  name,
  left,
  right,
  holds,
});

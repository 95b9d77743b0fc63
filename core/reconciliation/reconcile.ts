import type { GateOrder } from "../gate/gate-contents.redis.ts";
import type { BuyerId, OrderId } from "../ids.ts";
import type { RowState } from "../postgres/tables/orders.ts";
import type { SaleEntry } from "../reservation/ledger.ts";
import { isConserved, type Stock, takenUnits } from "../sale/stock.ts";

export type OrderRow = {
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
  readonly state: RowState;
  readonly quantity: number;
  readonly unitsLeft: number;
  readonly unitsWithheld: number;
  readonly requestId: string;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
};

export type RefundRow = {
  readonly state: "due" | "refunded" | "failed" | "outside";
  readonly amountMinor: number;
  readonly givenMinor: number;
};

/** What each store says of one sale; read in this order, so that what an earlier one has, a later one must have too. */
export type Facts = {
  readonly orders: readonly OrderRow[];
  readonly refunds: readonly RefundRow[];
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
  readonly kind:
    | "gate_only"
    | "missing_in_gate"
    | "order_without_entry"
    | "without_order"
    | "undecided"
    | "not_given_back";
  readonly requestId: string | null;
};

export type Report = {
  readonly identities: readonly Identity[];
  readonly differences: readonly Difference[];
  /** Units on which the stores disagree; in flight is no disagreement. */
  readonly driftUnits: number;
  /** Accepted, or a hold that ended, and on the way to an order row. */
  readonly inFlight: number;
  /** Held and not paid for, placed and their money not taken yet, or their money due back and not given yet. */
  readonly unpaid: number;
  /** In the currency's smallest unit; absent: the sale took none. */
  readonly money?: Money;
  /** In the ledger, and of an older epoch: nobody was told that they are accepted, and nobody has decided. */
  readonly undecided: number;
  readonly rejected: number;
  readonly deadLetters: number;
};

/** What was taken and given back. failed: somebody must see to it. outside: at the provider's own console, a part of `refunded`. */
export type Money = {
  readonly capturedMinor: number;
  readonly refundedMinor: number;
  readonly dueMinor: number;
  readonly failedMinor: number;
  readonly outsideMinor: number;
};

/** An entry without an order for longer than this, while nothing is on the way, will not get one by itself. */
const OVERDUE_MS = 30_000;

/**
 * Compares the stores. Three kinds of difference are no drift, since the guardian ends them by itself: `without_order` and
 * `undecided` are published again, `not_given_back` is told to the gate.
 */
export function reconcile(facts: Facts): Report {
  const rows = new Map(facts.orders.map((row) => [row.orderId, row]));
  const gate = new Map(facts.gateOrders.map((order) => [order.orderId, order]));
  const outbox = new Set(facts.outbox);
  const entries = new Map(facts.ledger.map((entry) => [entry.reservation.orderId, entry]));
  /** What PostgreSQL has decided, else what the ledger knows; null: neither knows the order. */
  const leftOf = (id: OrderId) => rows.get(id) ?? entries.get(id)?.state ?? null;
  const inGate = (id: OrderId) => gate.get(id)?.unitsLeft ?? 0;

  const withUnits = facts.ledger.filter(
    ({ reservation }) => (leftOf(reservation.orderId)?.unitsLeft ?? 0) > 0,
  );
  const isUndecided = ({ reservation: { orderId }, state, countedEpoch }: SaleEntry) =>
    (state.kind === "reserved" || state.kind === "held") &&
    !rows.has(orderId) &&
    inGate(orderId) === 0 &&
    countedEpoch < facts.servedEpoch;
  const undecided = withUnits.filter(isUndecided);
  const counted = withUnits.filter((entry) => !isUndecided(entry));
  const withoutRow = counted.filter(({ reservation }) => !rows.has(reservation.orderId));
  const holds = withoutRow.filter(({ state }) => state.kind === "held");
  const withoutOrder = [
    ...withoutRow.filter(({ state }) => state.kind !== "held"),
    ...facts.ledger.filter((entry) => hasEnded(entry) && !rows.has(entry.reservation.orderId)),
  ];
  const notGivenBack = facts.gateOrders.flatMap((order) => {
    const left = leftOf(order.orderId);
    return left && left.unitsLeft < order.unitsLeft ? [{ order, left }] : [];
  });
  const confirmed = facts.orders.filter(({ unitsLeft }) => unitsLeft > 0);

  const isBusy = facts.queue.waiting + facts.queue.inFlight > 0;
  const isOverdue = ({ reservation }: SaleEntry) =>
    !isBusy && !outbox.has(reservation.orderId) && facts.nowMs - reservation.reservedAtMs > OVERDUE_MS;
  const ofEntry =
    (kind: Difference["kind"]) =>
    ({ reservation: { orderId, quantity, requestId } }: SaleEntry): Difference => ({
      orderId,
      quantity,
      kind,
      requestId,
    });
  const drift: Difference[] = [
    ...facts.gateOrders
      .filter(({ orderId, unitsLeft }) => unitsLeft > 0 && leftOf(orderId) === null && !outbox.has(orderId))
      .map(({ orderId, unitsLeft }) => ({
        orderId,
        quantity: unitsLeft,
        kind: "gate_only" as const,
        requestId: null,
      })),
    ...counted.flatMap((entry): Difference[] => {
      const { orderId, requestId } = entry.reservation;
      const missing = (leftOf(orderId)?.unitsLeft ?? 0) - inGate(orderId);
      return missing > 0 ? [{ orderId, quantity: missing, kind: "missing_in_gate", requestId }] : [];
    }),
    ...confirmed
      .filter(({ orderId }) => !entries.has(orderId))
      .map(({ orderId, unitsLeft, requestId }) => ({
        orderId,
        quantity: unitsLeft,
        kind: "order_without_entry" as const,
        requestId,
      })),
  ];

  const outboxOnly = facts.gateOrders.filter(({ orderId }) => !leftOf(orderId) && outbox.has(orderId));
  const gateUnits = unitsLeft(facts.gateOrders);
  const ledgerUnits = unitsLeft(
    counted.map(({ reservation }) => ({ unitsLeft: leftOf(reservation.orderId)?.unitsLeft ?? 0 })),
  );
  const owedUnits = sum(notGivenBack.map(({ order, left }) => order.unitsLeft - left.unitsLeft));
  const owedWithheld = sum(notGivenBack.map(({ order, left }) => left.unitsWithheld - order.unitsWithheld));
  const withheldInRows = sum(facts.orders.map(({ unitsWithheld }) => unitsWithheld));
  const { stock } = facts;
  return {
    identities: [
      identity(
        "available + held + sold + withheld = allocated",
        stock.available + takenUnits(stock),
        stock.allocated,
        isConserved(stock),
      ),
      identity("sold in the gate = units of its buyers", stock.sold + stock.held, gateUnits),
      identity(
        "gate = ledger + outbox + to be given back",
        gateUnits,
        ledgerUnits + unitsLeft(outboxOnly) + owedUnits,
      ),
      identity(
        "ledger = order rows + unpaid holds + in flight",
        ledgerUnits,
        unitsLeft(confirmed) + sum(withoutRow.map(({ reservation }) => reservation.quantity)),
      ),
      identity("sales.sold = order rows", facts.soldInOrders, unitsLeft(confirmed)),
      identity("withheld in the gate = order rows", stock.withheld + owedWithheld, withheldInRows),
      ...moneyIdentities(facts, entries),
    ],
    differences: [
      ...drift,
      ...undecided.filter(isOverdue).map(ofEntry("undecided")),
      ...withoutOrder.filter(isOverdue).map(ofEntry("without_order")),
      ...notGivenBack.map(({ order, left }) => ({
        orderId: order.orderId,
        quantity: order.unitsLeft - left.unitsLeft,
        kind: "not_given_back" as const,
        requestId: (rows.get(order.orderId) ?? entries.get(order.orderId)?.reservation)?.requestId ?? null,
      })),
    ],
    driftUnits: sum(drift.map(({ quantity }) => quantity)),
    inFlight: withoutOrder.length + outboxOnly.length,
    unpaid:
      holds.length +
      facts.orders.filter(({ state }) => state === "placed").length +
      facts.refunds.filter(({ state }) => state === "due").length,
    ...moneyOf(facts),
    undecided: undecided.length,
    rejected: facts.orders.filter(({ state }) => state === "rejected").length,
    deadLetters: facts.deadLetters,
  };
}

/** A hold that ended unpaid: its one event is in the ledger, and its row may be on the way. */
const hasEnded = ({ reservation: { heldUntilMs }, state: { unitsLeft: left } }: SaleEntry): boolean =>
  heldUntilMs !== undefined && left === 0;

/** Of a sale that takes no money there is nothing to compare. */
function moneyIdentities(facts: Facts, entries: ReadonlyMap<OrderId, SaleEntry>): Identity[] {
  const taken = facts.orders.filter(({ state }) => ["confirmed", "returned", "refunded"].includes(state));
  const paidFor = sum(taken.map(({ orderId }) => entries.get(orderId)?.state.payment?.amountMinor ?? 0));
  const captured = sum(facts.orders.map(({ capturedMinor }) => capturedMinor));
  if (captured === 0 && paidFor === 0) return [];
  const refunded = sum(facts.orders.map(({ refundedMinor }) => refundedMinor));
  const given = sum(facts.refunds.map(({ givenMinor }) => givenMinor));
  return [
    identity("money taken = paid for in the ledger", captured, paidFor),
    identity("money taken - given back = what stands", captured - refunded, paidFor - given),
  ];
}

function moneyOf({ orders, refunds }: Facts): { readonly money?: Money } {
  const capturedMinor = sum(orders.map((order) => order.capturedMinor));
  if (capturedMinor === 0) return {};
  const of = (state: RefundRow["state"]) =>
    sum(refunds.filter((refund) => refund.state === state).map(({ amountMinor }) => amountMinor));
  return {
    money: {
      capturedMinor,
      refundedMinor: sum(orders.map((order) => order.refundedMinor)),
      dueMinor: of("due"),
      failedMinor: of("failed"),
      outsideMinor: of("outside"),
    },
  };
}

/** Nothing is on the way or to be paid, nobody waits for a decision, and no store disagrees. */
export const isSettled = ({ driftUnits, inFlight, unpaid, undecided, differences }: Report): boolean =>
  driftUnits + inFlight + unpaid + undecided + differences.length === 0;

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const unitsLeft = (orders: readonly { readonly unitsLeft: number }[]) =>
  sum(orders.map((order) => order.unitsLeft));

const identity = (name: string, left: number, right: number, holds = left === right): Identity => ({
  name,
  left,
  right,
  holds,
});

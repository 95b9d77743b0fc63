import type { BuyerId, OrderId } from "../../core/ids.ts";
import { wronglySoldOut } from "../verdict/answer-laws.ts";
import { type ClientAnswer, isFinal, saysHeld } from "../verdict/client-answer.ts";
import type { Facts, OrderRow, StoredOrder } from "../verdict/facts.ts";
import { unitsByBuyer, unitsLeft } from "../verdict/units.ts";
import { judge } from "../verdict/verdict.ts";
import { type Violation, violationOf } from "../verdict/violation.ts";
import type { FaultTerms } from "./fault.ts";
import { keptOrders } from "./kept-orders.ts";

export type Judgement = {
  readonly violations: readonly Violation[];
  /** Orders that somebody was told they have, and that some store does not have. */
  readonly lost: number;
  /** Units beyond the allocation, or beyond a buyer's limit. */
  readonly doubled: number;
  readonly untrueAnswers: number;
};

/** What no buyer of these sales may ever be told: their requests are right, and the sales neither begin nor end. */
const NEVER: ReadonlySet<ClientAnswer["kind"]> = new Set([
  "ended",
  "not_open",
  "not_found",
  "invalid_request",
  "key_reused",
  "unauthenticated",
  "forbidden",
  "conflict",
  "internal",
]);

/** Judges a sale that a fault has struck: the laws of every sale, less what the fault makes void, and some of its own. */
export function judgeFault(
  fault: FaultTerms,
  facts: Facts,
  clientLog: readonly ClientAnswer[],
  silent: ReadonlySet<string>,
): Judgement {
  const log = fault.refusesAccepted ? withoutRefused(facts.database.rows, clientLog) : clientLog;
  const answered = new Set(log.filter(isFinal).map((answer) => answer.key));
  const unheard = new Set([...silent].filter((key) => !answered.has(key)));
  const mayBe = (kind: ClientAnswer["kind"]) => fault.mayEnd === true && kind === "ended";
  const untrue = log.filter(({ kind }) => NEVER.has(kind) && !mayBe(kind));
  const violations = [
    ...judge(facts, log, unheard).filter(({ law }) => fault.voids?.[law] === undefined),
    ...violationOf("untrue", "answers that no fault may cause", untrue.map(describe)),
    ...judgeRejected(fault, facts),
  ];
  return { violations, ...count(facts, log, untrue.length) };
}

const describe = ({ kind, status, buyerId }: ClientAnswer) => `${kind} (${status}) to ${buyerId}`;

/** What buyers were told of orders that PostgreSQL has refused. */
function withoutRefused(rows: readonly OrderRow[], log: readonly ClientAnswer[]): ClientAnswer[] {
  const refused = new Set(rows.filter(({ state }) => state === "rejected").map(({ orderId }) => orderId));
  return log.filter((answer) => !saysHeld(answer) || !refused.has(answer.orderId));
}

/** An order is rejected only where a recovery left it out, and no unit or no room for its buyer was left. */
function judgeRejected(fault: FaultTerms, { gate, ledger, database }: Facts): Violation[] {
  if (fault.refusesAccepted) return [];
  const units = unitsByBuyer(gate.orders);
  const kept = keptOrders(ledger);
  const keyOf = new Map(ledger.map(({ orderId, keyHash }) => [orderId, keyHash]));
  const hasRoom = ({ buyerId, quantity }: OrderRow) =>
    (units.get(buyerId) ?? 0) + quantity <= database.purchaseLimit;
  /** The same intent became another order meanwhile. */
  const isReplaced = ({ orderId, buyerId }: OrderRow) =>
    kept.some((order) => order.buyerId === buyerId && order.keyHash === keyOf.get(orderId));
  const isLawful = (row: OrderRow) =>
    fault.mayReject === true && (gate.stock.available < row.quantity || !hasRoom(row) || isReplaced(row));
  const wrong = database.rows.filter((row) => row.state === "rejected" && !isLawful(row));
  return violationOf(
    "one_truth",
    "orders rejected without need",
    wrong.map((row) => row.orderId),
  );
}

function count(facts: Facts, log: readonly ClientAnswer[], untrue: number) {
  const { gate, ledger, database } = facts;
  const stores = [gate.orders, keptOrders(ledger), keptOrders(database.rows)];
  const ids = stores.map((orders) => new Set(orders.map((order) => order.orderId)));
  const toldIds = new Set<OrderId>(log.filter(saysHeld).map((answer) => answer.orderId));
  const lost = [...toldIds].filter((id) => ids.some((store) => !store.has(id))).length;
  const doubled = stores.map((orders) => surplus(orders, database.allocated, database.purchaseLimit));
  return {
    lost,
    doubled: Math.max(...doubled),
    untrueAnswers: untrue + wronglySoldOut(facts, log).length,
  };
}

function surplus(orders: readonly StoredOrder[], allocated: number, limit: number): number {
  const units: ReadonlyMap<BuyerId, number> = unitsByBuyer(orders);
  const overLimit = [...units.values()].reduce((sum, held) => sum + Math.max(0, held - limit), 0);
  return Math.max(0, unitsLeft(orders) - allocated) + overLimit;
}

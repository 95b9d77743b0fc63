import type { BuyerId, OrderId } from "../../core/ids.ts";
import { type ClientAnswer, isFinal, saysHeld } from "../verdict/client-answer.ts";
import type { Facts, StoredOrder } from "../verdict/facts.ts";
import { judge } from "../verdict/verdict.ts";
import { type Violation, violationOf } from "../verdict/violation.ts";
import type { Fault } from "./fault.ts";
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
  fault: Fault,
  facts: Facts,
  log: readonly ClientAnswer[],
  silent: ReadonlySet<BuyerId>,
): Judgement {
  const answered = new Set(log.filter(isFinal).map((answer) => answer.buyerId));
  const unheard = new Set([...silent].filter((buyerId) => !answered.has(buyerId)));
  const untrue = log.filter((answer) => NEVER.has(answer.kind));
  const violations = [
    ...judge(facts, log, unheard).filter(({ law }) => fault.voids?.[law] === undefined),
    ...violationOf("untrue", "answers that no fault may cause", untrue.map(describe)),
    ...judgeRejected(fault, facts),
  ];
  return { violations, ...count(facts, log, untrue.length) };
}

const describe = ({ kind, status, buyerId }: ClientAnswer) => `${kind} (${status}) to ${buyerId}`;

/** An order is rejected only where a recovery left it out, and no unit or no room for its buyer was left. */
function judgeRejected(fault: Fault, { gate, database }: Facts): Violation[] {
  const holders = new Set(gate.orders.map((order) => order.buyerId));
  const isLawful = (buyerId: BuyerId) =>
    fault.mayReject === true && (gate.stock.available === 0 || holders.has(buyerId));
  const wrong = database.rows.filter((row) => row.state === "rejected" && !isLawful(row.buyerId));
  return violationOf(
    "one_truth",
    "orders rejected without need",
    wrong.map((row) => row.orderId),
  );
}

function count({ gate, ledger, database }: Facts, log: readonly ClientAnswer[], untrue: number) {
  const stores = [gate.orders, keptOrders(ledger), keptOrders(database.rows)];
  const ids = stores.map((orders) => new Set(orders.map((order) => order.orderId)));
  const told = new Set<OrderId>(log.filter(saysHeld).map((answer) => answer.orderId));
  const lost = [...told].filter((id) => ids.some((store) => !store.has(id))).length;
  const doubled = stores.map((orders) => surplus(orders, database.allocated, database.purchaseLimit));
  const holders = new Set(stores.flat().map((order) => order.buyerId));
  const wronged = log.filter((answer) => answer.kind === "sold_out" && holders.has(answer.buyerId)).length;
  return { lost, doubled: Math.max(...doubled), untrueAnswers: untrue + wronged };
}

function surplus(orders: readonly StoredOrder[], allocated: number, limit: number): number {
  const units = new Map<BuyerId, number>();
  for (const { buyerId, quantity } of orders) units.set(buyerId, (units.get(buyerId) ?? 0) + quantity);
  const sold = [...units.values()].reduce((sum, one) => sum + one, 0);
  const overLimit = [...units.values()].reduce((sum, one) => sum + Math.max(0, one - limit), 0);
  return Math.max(0, sold - allocated) + overLimit;
}

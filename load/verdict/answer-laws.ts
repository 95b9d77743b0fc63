import type { BuyerId } from "../../core/ids.ts";
import { hashKey } from "../../core/purchase/key-hash.ts";
import { type ClientAnswer, isFinal, saysHeld } from "./client-answer.ts";
import type { Facts } from "./facts.ts";
import { unitsByBuyer } from "./units.ts";
import { type Violation, violationOf } from "./violation.ts";

/** Nothing untrue, nothing unresolved: each buyer's answers, against the stores and against each other. */
export function judgeAnswers(
  facts: Facts,
  clientLog: readonly ClientAnswer[],
  unheard: ReadonlySet<string>,
): Violation[] {
  const { gate, database } = facts;
  // Units only ever go, unless some came back: if enough are there at the end, they were there when the buyer was refused.
  const cameBack = database.rows.some(({ unitsLeft, quantity }) => unitsLeft < quantity);
  const tooEarly = clientLog.filter(
    ({ kind, quantity }) => kind === "sold_out" && !cameBack && quantity <= gate.stock.available,
  );
  return [
    ...violationOf(
      "untrue",
      "buyers told sold_out who had what they may have",
      wronglySoldOut(facts, clientLog),
    ),
    ...violationOf("untrue", "buyers told sold_out while units were left", buyersOf(tooEarly)),
    ...judgeIntents(clientLog, unheard),
  ];
}

/**
 * Buyers who were told that all is sold about an order that they have, or when they had so many units already that no more
 * could be theirs. What a buyer gets later makes no earlier answer untrue.
 */
export function wronglySoldOut({ ledger, database }: Facts, clientLog: readonly ClientAnswer[]): BuyerId[] {
  const kept = ledger.filter(({ state }) => state !== "rejected");
  const keys = new Set(kept.map(({ buyerId, keyHash }) => `${buyerId} ${keyHash}`));
  const ordersOf = Map.groupBy(kept, ({ buyerId }) => buyerId);
  const isWrong = ({ kind, buyerId, key, quantity, sentAtMs }: ClientAnswer) => {
    if (kind !== "sold_out") return false;
    if (keys.has(`${buyerId} ${hashKey(key)}`)) return true;
    const before = ordersOf.get(buyerId)?.filter(({ reservedAtMs }) => reservedAtMs < sentAtMs) ?? [];
    const units = unitsByBuyer(before).get(buyerId) ?? 0;
    return units > 0 && units + quantity > database.purchaseLimit;
  };
  return buyersOf(clientLog.filter(isWrong));
}

/** What all answers to one key say together: one order at most, and something final. */
function judgeIntents(clientLog: readonly ClientAnswer[], unheard: ReadonlySet<string>): Violation[] {
  const intents = Map.groupBy(clientLog, ({ buyerId, key }) => `${buyerId} key ${key}`);
  const contradicted: string[] = [];
  const unresolved: string[] = [];
  for (const [intent, answers] of intents) {
    const orders = new Set(answers.filter(saysHeld).map((answer) => `${answer.orderId} ${answer.place}`));
    if (orders.size > 1) contradicted.push(intent);
    const isOpen = answers.every((answer) => !isFinal(answer) && !unheard.has(answer.key));
    if (isOpen) unresolved.push(`${intent} (${answers.at(-1)?.kind})`);
  }
  return [
    ...violationOf("untrue", "keys answered with different orders", contradicted),
    ...violationOf("unresolved", "keys without a final answer", unresolved),
  ];
}

const buyersOf = (answers: readonly ClientAnswer[]) => [...new Set(answers.map((answer) => answer.buyerId))];

import type { BuyerId } from "../../core/ids.ts";
import { type ClientAnswer, isFinal, saysHeld } from "./client-answer.ts";
import type { Facts } from "./facts.ts";
import { type Violation, violationOf } from "./violation.ts";

/** Nothing untrue, nothing unresolved: each buyer's answers, against the stores and against each other. */
export function judgeAnswers(
  { gate, ledger, database }: Facts,
  clientLog: readonly ClientAnswer[],
  unheard: ReadonlySet<BuyerId>,
): Violation[] {
  const kept = [ledger, database.rows].flatMap((orders) =>
    orders.filter(({ state }) => state !== "rejected"),
  );
  const holders = new Set([...gate.orders, ...kept].map((order) => order.buyerId));
  const soldOut = clientLog.filter((answer) => answer.kind === "sold_out");
  const ofHolders = soldOut.filter((answer) => holders.has(answer.buyerId));
  // Units only ever go: if enough are there at the end, they were there when the buyer was refused.
  const tooEarly = soldOut.filter((answer) => answer.quantity <= gate.stock.available);
  return [
    ...violationOf("untrue", "buyers told sold_out who hold an order", buyersOf(ofHolders)),
    ...violationOf("untrue", "buyers told sold_out while units were left", buyersOf(tooEarly)),
    ...judgeIntents(clientLog, unheard),
  ];
}

/** What all answers to one key say together: one order at most, and something final. */
function judgeIntents(clientLog: readonly ClientAnswer[], unheard: ReadonlySet<BuyerId>): Violation[] {
  const intents = Map.groupBy(clientLog, (answer) => `${answer.buyerId} key ${answer.key}`);
  const contradicted: string[] = [];
  const unresolved: string[] = [];
  for (const [intent, answers] of intents) {
    const orders = new Set(answers.filter(saysHeld).map((answer) => `${answer.orderId} ${answer.place}`));
    if (orders.size > 1) contradicted.push(intent);
    const isOpen = answers.every((answer) => !isFinal(answer) && !unheard.has(answer.buyerId));
    if (isOpen) unresolved.push(`${intent} (${answers.at(-1)?.kind})`);
  }
  return [
    ...violationOf("untrue", "keys answered with different orders", contradicted),
    ...violationOf("unresolved", "keys without a final answer", unresolved),
  ];
}

const buyersOf = (answers: readonly ClientAnswer[]) => [...new Set(answers.map((answer) => answer.buyerId))];

import { judgeAnswers } from "./answer-laws.ts";
import type { ClientAnswer } from "./client-answer.ts";
import type { Facts } from "./facts.ts";
import { judgeOrders } from "./order-laws.ts";
import { judgeStock } from "./stock-laws.ts";
import type { Violation } from "./violation.ts";

/**
 * Judges a sale that has come to rest: what the gate, the ledger and PostgreSQL say against each other and against every
 * answer that was given. Pure; an empty list means that all of them agree, order by order.
 *
 * @param clientLog every answer to every buyer of this sale. A log with gaps makes orders look as if nobody had been told.
 * @param unheard keys of intents that were told nothing final and never repeated: their buyers may hold an order all the
 * same, in every store alike.
 */
export const judge = (
  facts: Facts,
  clientLog: readonly ClientAnswer[],
  unheard: ReadonlySet<string> = new Set(),
): Violation[] => [
  ...judgeStock(facts, clientLog),
  ...judgeOrders(facts, clientLog, unheard),
  ...judgeAnswers(facts, clientLog, unheard),
];

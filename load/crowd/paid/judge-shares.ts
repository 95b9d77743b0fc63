import { mustEqual, type Violation } from "../../verdict/violation.ts";
import type { PaidAnswer } from "./pay-holds.ts";
import { countOf, type PayerKind, type shares } from "./plan-buyers.ts";

/** The crowd must have done what the run is for: those who were to pay in the last second must have. */
export function judgeShares(answers: readonly PaidAnswer[]): Violation[] {
  const paid = (kind: PayerKind) => answers.filter((answer) => answer.kind === kind && answer.hasPaid).length;
  const planned = (kind: keyof typeof shares) => countOf(kind, answers.length);
  return [
    ...mustEqual(
      "line",
      "who paid in the last second, and a tenth",
      paid("last_second"),
      planned("last_second"),
    ),
    ...mustEqual(
      "line",
      "who paid after a declined card, and a fifth",
      paid("declined_first"),
      planned("declined_first"),
    ),
  ];
}

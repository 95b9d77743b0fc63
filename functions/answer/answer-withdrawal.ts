import type { WithdrawOutcome } from "../../core/wishes/withdraw.ts";
import { type Answer, refuse } from "./answer.ts";

const CHECKING_RETRY_SECONDS = 2;

const whyNot = {
  withdrawal_over: "The time in which you could withdraw from this order is over",
  withdrawal_excepted: "The law gives no right to withdraw from what this sale sells",
  nothing_to_withdraw: "There is nothing of this order that you could withdraw from",
} as const;

export function answerWithdrawal(outcome: WithdrawOutcome): Answer {
  switch (outcome.kind) {
    case "received": {
      const { wishId, orderId, units, wishedAtMs } = outcome.withdrawal;
      const receivedAt = new Date(wishedAtMs).toISOString();
      return { status: 202, body: { withdrawalId: wishId, orderId, units, receivedAt } };
    }
    case "not_found":
      return refuse("not_found", { detail: "You have no such order" });
    case "key_reused":
      return refuse("key_reused");
    case "checking":
      return refuse("outcome_unknown", { retryAfterSeconds: CHECKING_RETRY_SECONDS });
    case "beyond_units":
      return refuse("invalid_request", {
        errors: [{ field: "units", message: `must be at most ${outcome.unitsLeft}, what you have of it` }],
      });
    case "refused":
      return refuse("no_withdrawal", { detail: whyNot[outcome.why] });
    default:
      return outcome satisfies never;
  }
}

import type { JoinAnswer, Problem, ProblemKind, SaleId, SolvedChallenge } from "../api/contract.ts";
import { backoffMs, spreadMs } from "../page/waits.ts";
import { after, final } from "./ask-again.ts";
import { lineApi } from "./line-api.ts";

type Asked = {
  readonly saleId: SaleId;
  readonly quantity: number;
  readonly invitation: string | null;
  /** Null: into the slower lane. */
  readonly solved: SolvedChallenge | null;
  readonly isWanted: () => boolean;
  readonly onAgain: () => void;
};

const isSolutionWrong = ({ kind, errors }: Problem): boolean =>
  kind === "invalid_request" && !!errors?.some(({ field }) => field.startsWith("solution"));

/** Joins, and asks until it is known: whoever is in the line stays there, once. Null: it is not wanted any more. */
export async function joinUntilKnown(
  asked: Asked,
): Promise<JoinAnswer | ProblemKind | "wrong_solution" | null> {
  for (let tries = 1; asked.isWanted(); tries++) {
    const reply = await lineApi.join(asked);
    if (reply.kind === "ok") return reply.value;
    if (reply.kind === "refused" && isSolutionWrong(reply.problem)) return "wrong_solution";
    if (reply.kind === "refused" && final.includes(reply.problem.kind)) return reply.problem.kind;
    asked.onAgain();
    const seconds = reply.kind === "refused" ? reply.problem.retryAfterSeconds : undefined;
    await after(seconds === undefined ? backoffMs(tries) : spreadMs(seconds * 1_000));
  }
  return null;
}

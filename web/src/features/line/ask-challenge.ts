import type { ChallengeAnswer, ProblemKind, SaleId } from "../api/contract.ts";
import { after, final } from "./ask-again.ts";
import { backoffMs, spreadMs } from "../page/waits.ts";
import { lineApi } from "./line-api.ts";

/** After so many silences the slower lane is offered; until then it may be chosen at any time. */
const TRIES = 4;

/** A challenge; the kind of a final refusal; null: none came, or none is wanted any more. */
export async function askChallenge(
  saleId: SaleId,
  isWanted: () => boolean,
): Promise<ChallengeAnswer | ProblemKind | null> {
  for (let tries = 1; tries <= TRIES && isWanted(); tries++) {
    const reply = await lineApi.challenge(saleId);
    if (reply.kind === "ok") return reply.value;
    if (reply.kind === "refused" && final.includes(reply.problem.kind)) return reply.problem.kind;
    const seconds = reply.kind === "refused" ? reply.problem.retryAfterSeconds : undefined;
    if (tries < TRIES) await after(seconds === undefined ? backoffMs(tries) : spreadMs(seconds * 1_000));
  }
  return null;
}

import type { ChallengeAnswer, ProblemKind } from "../api/contract.ts";
import type { Reply } from "../api/request.ts";
import { after, final } from "./ask-again.ts";
import { backoffMs, spreadMs } from "../page/waits.ts";

/** After so many failures in a row the slower lane is offered; until then it may be chosen at any time. */
const FAILURES = 4;

type Asking = {
  readonly ask: () => Promise<Reply<ChallengeAnswer>>;
  readonly isWanted: () => boolean;
  /** A test's own, which does not wait. */
  readonly wait?: typeof after;
};

/** Too many ask at once: whoever asks on is answered, and nobody who can do the check is put behind for it. */
const isBusy = (reply: Reply<unknown>): boolean =>
  reply.kind === "refused"
    ? reply.problem.kind === "rate_limited" || reply.problem.kind === "unavailable"
    : reply.kind === "no_answer" && reply.status === 503;

/** A challenge; the kind of a final refusal; null: none came, or none is wanted any more. */
export async function askChallenge({
  ask,
  isWanted,
  wait = after,
}: Asking): Promise<ChallengeAnswer | ProblemKind | null> {
  for (let tries = 1, failures = 0; isWanted(); tries++) {
    const reply = await ask();
    if (reply.kind === "ok") return reply.value;
    if (reply.kind === "refused" && final.includes(reply.problem.kind)) return reply.problem.kind;
    failures = isBusy(reply) ? 0 : failures + 1;
    if (failures === FAILURES) return null;
    const seconds = reply.kind === "refused" ? reply.problem.retryAfterSeconds : undefined;
    await wait(seconds === undefined ? backoffMs(tries) : spreadMs(seconds * 1_000));
  }
  return null;
}

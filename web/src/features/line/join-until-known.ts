import type { JoinAnswer, ProblemKind, SaleId } from "../api/contract.ts";
import { backoffMs, spreadMs } from "../page/poll.ts";
import { lineApi } from "./line-api.ts";

/** Within a list nobody is earlier: pages spread their joins over this time, so that a crowd does not come at once. */
const JOIN_SPREAD_MS = 2_000;

const after = (waitMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, waitMs));

/** Refusals after which asking again would bring the same. */
const final: readonly ProblemKind[] = [
  "unauthenticated",
  "line_closed",
  "conflict",
  "not_found",
  "invalid_request",
  "forbidden",
];

type Asked = {
  readonly saleId: SaleId;
  readonly quantity: number;
  readonly isWanted: () => boolean;
  readonly onAgain: () => void;
};

/** Joins at a random moment of the next seconds, and asks until it is known: whoever is in the line stays there, once. */
export async function joinUntilKnown(asked: Asked): Promise<JoinAnswer | ProblemKind | null> {
  await after(Math.random() * JOIN_SPREAD_MS);
  for (let tries = 1; asked.isWanted(); tries++) {
    const reply = await lineApi.join(asked.saleId, asked.quantity);
    if (reply.kind === "ok") return reply.value;
    if (reply.kind === "refused" && final.includes(reply.problem.kind)) return reply.problem.kind;
    asked.onAgain();
    const seconds = reply.kind === "refused" ? reply.problem.retryAfterSeconds : undefined;
    await after(seconds === undefined ? backoffMs(tries) : spreadMs(seconds * 1_000));
  }
  return null;
}

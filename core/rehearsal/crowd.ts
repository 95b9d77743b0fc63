import type { RehearsalFault } from "../contract/rehearsal.ts";
import type { ProblemKind } from "../contract/problem.ts";

/** What one of the crowd does with an answer. */
export type CrowdPlan = {
  /** How often each purchase is sent at once, under one key. */
  readonly copies: 1 | 2;
  /** Whether the answer to a buyer's try is thrown away, as if the line had broken. */
  readonly isLost: (buyer: number, attempt: number) => boolean;
  /** After so many first answers something breaks; null: nothing does. */
  readonly breaksAfter: number | null;
};

/** Every third buyer's first answer is lost. */
const LOST_EVERY = 3;

/** What a crowd of so many people does under a fault. */
export function planCrowd(fault: RehearsalFault, buyers: number, units: number): CrowdPlan {
  const half = Math.max(1, Math.floor(Math.min(buyers, units) / 2));
  return {
    copies: fault === "sent_twice" ? 2 : 1,
    isLost: (buyer, attempt) => fault === "answers_lost" && attempt === 0 && buyer % LOST_EVERY === 0,
    breaksAfter: fault === "redis_loss" || fault === "pause" ? half : null,
  };
}

export type Told = {
  readonly kind: string;
  readonly orderId: string | null;
};

/** What an answer says, whatever its shape; `unreadable` if it is none of the API's. */
export function readTold(status: number, body: unknown): Told {
  const { outcome, kind, orderId, state } = (body ?? {}) as Record<string, unknown>;
  // A repeat is answered with what became of the order since.
  if ((status === 200 || status === 202) && typeof outcome === "string" && typeof orderId === "string")
    return state === "rejected" ? { kind: "rejected", orderId: null } : { kind: outcome, orderId };
  return { kind: typeof kind === "string" ? kind : "unreadable", orderId: null };
}

const ASK_AGAIN: ReadonlySet<string> = new Set<ProblemKind | "no_answer" | "unreadable">([
  "paused",
  "lost",
  "recovering",
  "outcome_unknown",
  "unavailable",
  "rate_limited",
  "not_open",
  "not_your_turn",
  "internal",
  "no_answer",
  "unreadable",
]);

/** Whether a person asks again, with the same key, after such an answer. */
export const asksAgain = (kind: string): boolean => ASK_AGAIN.has(kind);

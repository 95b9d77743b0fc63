import type { RehearsalFault } from "../contract/rehearsal.ts";
import type { ProblemKind } from "../contract/problem.ts";

/** What one of the crowd does with an answer. */
export type CrowdPlan = {
  /** How often each purchase is sent at once, under one key. */
  readonly copies: 1 | 2;
  /** Whether a final answer is thrown away, as if the line had broken. `finals`: those that the buyer was sent before. */
  readonly isLost: (buyer: number, finals: number) => boolean;
  /** After so many first answers something breaks; null: nothing does. */
  readonly breaksAfter: number | null;
};

/** Of every third buyer the first final answer is lost. */
const LOST_EVERY = 3;

/** What a crowd of so many people does under a fault. */
export function planCrowd(fault: RehearsalFault, buyers: number, units: number): CrowdPlan {
  const half = Math.max(1, Math.floor(Math.min(buyers, units) / 2));
  return {
    copies: fault === "sent_twice" ? 2 : 1,
    isLost: (buyer, finals) => fault === "answers_lost" && finals === 0 && buyer % LOST_EVERY === 0,
    breaksAfter: fault === "redis_loss" || fault === "pause" ? half : null,
  };
}

export type HeardAnswer = {
  readonly kind: string;
  readonly orderId: string | null;
};

/** What an answer says, whatever its shape; `unreadable` if it is none of the API's. */
export function readAnswer(status: number, body: unknown): HeardAnswer {
  const { outcome, kind, orderId, state } = (body ?? {}) as Record<string, unknown>;
  // A repeat is answered with what became of the order since.
  if ((status === 200 || status === 202) && typeof outcome === "string" && typeof orderId === "string")
    return state === "rejected" ? { kind: "rejected", orderId: null } : { kind: outcome, orderId };
  if (typeof kind === "string") return { kind, orderId: null };
  // Whoever counted the request did not pass it on, and says so in words of their own.
  return { kind: status === 429 ? "rate_limited" : "unreadable", orderId: null };
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

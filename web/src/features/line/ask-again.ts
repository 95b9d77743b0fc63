import type { ProblemKind } from "../api/contract.ts";

export const after = (waitMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, waitMs));

/** Refusals after which asking again would bring the same. */
export const final: readonly ProblemKind[] = [
  "unauthenticated",
  "line_closed",
  "not_eligible",
  "conflict",
  "not_found",
  "invalid_request",
  "forbidden",
];

import type { SolvedChallenge } from "../api/contract.ts";

/** What the worker tells of its work on a challenge. */
export type SolveMessage =
  | { readonly kind: "tried"; readonly tries: number }
  | { readonly kind: "solved"; readonly solution: SolvedChallenge["solution"] }
  /** Nothing was found in time, or this browser lacks what it takes. */
  | { readonly kind: "failed" };

import type { RehearsalState, RehearsalStep } from "../contract/rehearsal.ts";

export type Step = RehearsalStep["step"];

/**
 * Whether a rehearsal may take a step now. Steps come twice, and late: a rehearsal whose crowd has begun is never begun again, what is
 * judged stays as it was judged, and what is done stays done.
 */
export function mayTake(state: RehearsalState, step: Step): "now" | "taken" | "too_early" {
  return table[step][state];
}

const table: Readonly<Record<Step, Readonly<Record<RehearsalState, "now" | "taken" | "too_early">>>> = {
  begin: { waiting: "now", selling: "taken", purging: "taken", done: "taken" },
  break: { waiting: "too_early", selling: "now", purging: "taken", done: "taken" },
  mend: { waiting: "too_early", selling: "now", purging: "taken", done: "taken" },
  // Of a crowd that never came there is nothing to judge, and that too is said.
  judge: { waiting: "now", selling: "now", purging: "taken", done: "taken" },
  purge: { waiting: "too_early", selling: "too_early", purging: "now", done: "taken" },
};

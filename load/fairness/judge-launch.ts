import type { LaunchPlan } from "./launch-plan.ts";
import type { Shares } from "./shares.ts";

/** Of the ideal share, the least that honest people must get where the line and its defences protect them. */
export const LEAST_RATIO = 0.9;

/** What was seen of a launch, beside its shares. */
export type Seen = {
  readonly shares: Shares;
  /** What is not equal in the counts of stores and answers, each in words. */
  readonly unequal: readonly string[];
  /** Where the order of turns is not the one that the published files make; null: an open sale has no line. */
  readonly misplaced: readonly string[] | null;
  /** Exit code of the script that checks the published files; null: an open sale publishes none. */
  readonly verifierCode: number | null;
};

/** Whether the honest share of this launch is held against the least ratio. */
export const isProtected = ({ mode, hasDefences }: Pick<LaunchPlan, "mode" | "hasDefences">): boolean =>
  mode !== "open" && hasDefences;

/** What is wrong with a launch, each in a sentence; empty: nothing. */
export function judgeLaunch(plan: Pick<LaunchPlan, "mode" | "hasDefences">, seen: Seen): string[] {
  const { shares, unequal, misplaced, verifierCode } = seen;
  const wrong = [...unequal];
  if (isProtected(plan) && shares.ratio < LEAST_RATIO)
    wrong.push(`honest people got ${shares.ratio.toFixed(2)} of the ideal, and ${LEAST_RATIO} is the least`);
  if (plan.mode === "open") return wrong;
  if (verifierCode !== 0) wrong.push(`verify-fairness.mjs ended with exit code ${verifierCode}`);
  if (misplaced === null) wrong.push("the order of turns was not compared");
  else if (misplaced.length > 0)
    wrong.push(`${misplaced.length} differ from the published order: ${misplaced.slice(0, 3).join("; ")}`);
  return wrong;
}

import type { LaunchPlan } from "./launch-plan.ts";
import { LANE_0_OF_AN_ADDRESS } from "./people.ts";
import type { Shares } from "./shares.ts";

/** Of the ideal share, the least that honest people must get where the line and its defences protect them. */
export const LEAST_RATIO = 0.9;
/** Of a small crowd lots alone take more than a tenth: so many standard deviations are theirs. */
const DEVIATIONS = 3;
/** Honest people have so many times as many units with defences as lots give them without. */
const LEAST_GAIN = 2;

/** What was seen of a launch, beside its shares. */
export type Seen = {
  readonly shares: Shares;
  /** Most entries of one address in lane 0. */
  readonly mostOfAddress: number;
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

/** The least ratio for a crowd of this size; LEAST_RATIO but for small ones. */
export const leastRatio = ({ deviation }: Pick<Shares, "deviation">): number =>
  Math.max(0, Math.min(LEAST_RATIO, 1 - DEVIATIONS * deviation));

/** What is wrong with a launch, each in a sentence; empty: nothing. */
export function judgeLaunch(plan: Pick<LaunchPlan, "mode" | "hasDefences">, seen: Seen): string[] {
  const { shares, unequal, misplaced, verifierCode, mostOfAddress } = seen;
  const wrong = [...unequal];
  const least = leastRatio(shares);
  if (isProtected(plan) && (shares.units === 0 || shares.ratio < least))
    wrong.push(
      `honest people got ${shares.ratio.toFixed(2)} of the ideal, and ${least.toFixed(2)} is the least`,
    );
  if (isProtected(plan) && mostOfAddress > LANE_0_OF_AN_ADDRESS.most)
    wrong.push(
      `one address has ${mostOfAddress} entries in lane 0, and ${LANE_0_OF_AN_ADDRESS.most} is the most`,
    );
  if (plan.mode === "open") return wrong;
  if (verifierCode !== 0) wrong.push(`verify-fairness.mjs ended with exit code ${verifierCode}`);
  if (misplaced === null) wrong.push("the order of turns was not compared");
  else if (misplaced.length > 0)
    wrong.push(`${misplaced.length} differ from the published order: ${misplaced.slice(0, 3).join("; ")}`);
  return wrong;
}

type Compared = { readonly plan: LaunchPlan; readonly shares: Pick<Shares, "honestUnits" | "idealUnits"> };

/**
 * What defences do not gain for honest people, each in a sentence. Launches without their counterpart are compared with nothing.
 * They are held against what lots give without defences, not against what was drawn there: of a few units that is any number.
 */
export function judgeGain(results: readonly Compared[]): string[] {
  return results
    .filter(({ plan }) => isProtected(plan) && plan.breakage === null)
    .flatMap((on) => {
      const off = results.find(({ plan }) => plan.mode === on.plan.mode && !plan.hasDefences);
      const [got, without] = [on.shares.honestUnits, off?.shares.idealUnits ?? 0];
      return got >= LEAST_GAIN * without
        ? []
        : [
            `${on.plan.mode}: honest people have ${got} units with defences; lots give ${without.toFixed(1)} without`,
          ];
    });
}

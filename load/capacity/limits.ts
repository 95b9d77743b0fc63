import type { Outcome, SoFar } from "./model/outcome.ts";
import type { Mode } from "./model/stage.ts";

export type Limits = {
  /** What kept the sale from selling out sooner. */
  readonly untilSoldOut: string;
  /** What kept the last shopper from knowing sooner. */
  readonly untilEverybodyKnows: string;
};

/** Waits shorter than this, for each try, nobody feels: then nothing but the shoppers decides. */
const FELT_MS = 50;

/** The bottleneck by name: the stage at which shoppers lost most time, in lines, in cold starts, and turned away. */
export function limitingStages({ atSellOut, atEnd }: Outcome, mode: Mode): Limits {
  const pace = mode === "open" ? "none: how fast people press Buy" : "none: the pace of the line";
  return {
    untilSoldOut: atSellOut ? limiting(atSellOut, pace) : "none: fewer wanted one than there were",
    untilEverybodyKnows: limiting(atEnd, pace),
  };
}

function limiting({ lostMs, tries }: SoFar, pace: string): string {
  const [name, ms] = Object.entries(lostMs).toSorted(([, a], [, b]) => b - a)[0] ?? [pace, 0];
  return ms / Math.max(1, tries) < FELT_MS ? pace : name;
}

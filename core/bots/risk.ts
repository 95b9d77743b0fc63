import type { DemotionReason } from "../contract/demotion.ts";

/** What is known of where a buyer is: how many buyers joined this sale from there, or asked for its puzzle. */
export type Surroundings = {
  /** From the same address (of IPv6: the same /64). */
  readonly ofSource: number;
  /** Of these, within the last minute. */
  readonly ofSourceLately: number;
  /** From the same neighbourhood: the same of IPv4, a /48 of IPv6. */
  readonly ofNeighbourhood: number;
};

/** 0: nothing to see. The others make the puzzle dearer; from 2 on the entry goes into lane 1. */
export type Risk = 0 | 1 | 2 | 3;

/**
 * From so many buyers on. A household has a few, an office some tens; a mobile network's customers share an address by the
 * hundred, and so do a bot's identities: they are put behind the others of their list, and nobody is turned away.
 */
const THRESHOLDS = {
  ofSource: [6, 30, 200],
  ofSourceLately: [4, 15, 60],
  ofNeighbourhood: [30, 150, 1_000],
} as const satisfies Record<keyof Surroundings, readonly [number, number, number]>;

const LANE_1_FROM: Risk = 2;
/** The reason that most speaks for the risk: operators see it, in these words. */
export type Why = Exclude<DemotionReason, "no_puzzle">;
const whys = { ofSource: "address", ofSourceLately: "burst", ofNeighbourhood: "network" } as const;

export type Judged = { readonly risk: Risk; readonly why: Why | null };

/** How much a join looks like one of many by the same hand. It never says that it is one. */
export function judge(surroundings: Surroundings): Judged {
  let judged: Judged = { risk: 0, why: null };
  for (const name of Object.keys(THRESHOLDS) as (keyof Surroundings)[]) {
    const risk = THRESHOLDS[name].filter((least) => surroundings[name] >= least).length as Risk;
    if (risk > judged.risk) judged = { risk, why: whys[name] };
  }
  return judged;
}

export const laneOf = ({ risk }: Pick<Judged, "risk">): 0 | 1 => (risk >= LANE_1_FROM ? 1 : 0);

/** More than that need not be counted. */
export const MOST_COUNTED = Math.max(...Object.values(THRESHOLDS).flat());

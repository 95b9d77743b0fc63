/** The rank of an entry, compared as text: list, then lane, then lot (docs/fairness.md, section 4). */
export const rankOf = (list: number, lane: number, lot: string): string =>
  `${String(list).padStart(8, "0")}.${lane}.${lot}`;

type RankParts = {
  readonly list: number;
  readonly lane: number;
  /** 0 to below 1. */ readonly within: number;
};

/** How far a rank's lot lies between the smallest and the largest. */
export const partsOf = (rank: string): RankParts => ({
  list: Number(rank.slice(0, 8)),
  lane: rank[9] === "1" ? 1 : 0,
  within: Number.parseInt(rank.slice(11, 23), 16) / 2 ** 48,
});

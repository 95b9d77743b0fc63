/**
 * Why an entry goes into lane 1: many buyers joined from its address, many within a minute, many from its neighbourhood, or no
 * puzzle was solved.
 */
export const demotionReasons = ["address", "burst", "network", "no_puzzle"] as const;
export type DemotionReason = (typeof demotionReasons)[number];

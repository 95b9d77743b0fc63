import type { BeaconChain } from "./chain.ts";

type Times = Pick<BeaconChain, "genesisMs" | "periodMs">;

/** The first round that comes at this time or after it; see docs/fairness.md, section 3. */
export const roundNotBefore = ({ genesisMs, periodMs }: Times, atMs: number): number =>
  Math.max(1, Math.ceil((atMs - genesisMs) / periodMs) + 1);

/** When a round comes: never earlier, perhaps later. */
export const timeOfRound = ({ genesisMs, periodMs }: Times, round: number): number =>
  genesisMs + (round - 1) * periodMs;

/**
 * The rounds to ask the relays for now. What is not due by our clock is asked for in each tenth look all the same: a clock
 * that is minutes behind must not hold a line up, and nobody can give a round that has not come.
 */
export const roundsToAskFor = (
  chain: Times,
  needed: readonly number[],
  nowMs: number,
  look: number,
): number[] => needed.filter((round) => look % 10 === 0 || timeOfRound(chain, round) <= nowMs);

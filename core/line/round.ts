import { roundNotBefore, timeOfRound } from "../beacon/rounds.ts";
import type { LineMode } from "../contract/line.ts";

/** A root stands this long before the time of its round. */
export const ROOT_BEFORE_ROUND_MS = 15_000;
/** A waiting room draws its first list so long before it opens. */
const DRAW_BEFORE_OPENING_MS = 30_000;

export type RoundRule = {
  readonly mode: LineMode;
  readonly startsAtMs: number;
  /** Of a draw. */
  readonly resultAtMs: number | null;
};

type ChainTimes = { readonly genesisMs: number; readonly periodMs: number };

/** The round that a list must take, by rule, from when its root stands. */
export function roundOf(rule: RoundRule, rootAtMs: number, chain: ChainTimes): number {
  const ruledMs = rule.mode === "draw" ? rule.resultAtMs! : rule.startsAtMs - DRAW_BEFORE_OPENING_MS;
  return roundNotBefore(chain, Math.max(ruledMs, rootAtMs + ROOT_BEFORE_ROUND_MS));
}

/** When a round of a chain is due. */
export const roundAtMs = (round: number, chain: ChainTimes): number => timeOfRound(chain, round);

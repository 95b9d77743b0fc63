import { letsNobodyIn } from "../contract/lets-nobody-in.ts";
import { turnsFor } from "../contract/turns-for.ts";
import type { LineState } from "./line-state.ts";
import { laneOfRank, listOfRank, lotFraction } from "./lot.ts";
import { opensAtMs } from "./opens-at.ts";

/** About how many entries with a key have a smaller rank, counted from the line's beginning. */
export function entriesUpTo({ lists }: LineState, rank: string): number {
  if (rank === "") return 0;
  let sum = 0;
  for (const { root } of lists.slice(0, listOfRank(rank))) sum += root ? root.lane0 + root.lane1 : 0;
  const root = lists[listOfRank(rank)]?.root;
  if (!root) return sum;
  const within = lotFraction(rank);
  return Math.round(
    laneOfRank(rank) === 0 ? sum + root.lane0 * within : sum + root.lane0 + root.lane1 * within,
  );
}

export type WaitEstimate = {
  /** Entries between the line and this one; about, since lots are spread evenly and not counted one by one. */
  readonly ahead: number;
  /** Instants; null: nobody can say, since nobody is let in at present. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly why: "pace" | "paused" | "full" | "stock" | "opening";
};

type Facts = {
  readonly nowMs: number;
  /** Whose turn runs and who have not bought; null: unknown. */
  readonly inside: number | null;
  readonly available: number | null;
  /** When the sale opens by the gate's own settings. */
  readonly startsAtMs: number | null;
};

/**
 * How long an entry may have to wait, as a range. The soonest is by the pace alone. The latest is while the room is full, by
 * its own limit or since no more units are left: then as many are let in as turns end, all of them lapsed. A draw has no pace: its
 * winners' turns begin together, when it opens.
 */
export function estimateWait(
  state: LineState,
  rank: string,
  { nowMs, inside, available, startsAtMs }: Facts,
): WaitEstimate {
  const ahead = Math.max(0, entriesUpTo(state, rank) - entriesUpTo(state, state.upTo));
  const { pace, rules } = state;
  if (!pace || !rules || state.end !== null) return { ahead, fromMs: null, toMs: null, why: "stock" };
  if (pace.isPaused) return { ahead, fromMs: null, toMs: null, why: "paused" };
  if (available !== null && available <= 0) return { ahead, fromMs: null, toMs: null, why: "stock" };
  const untilOpening = Math.max(0, opensAtMs(rules, startsAtMs) - nowMs);
  if (rules.mode === "draw")
    return { ahead, fromMs: nowMs + untilOpening, toMs: nowMs + untilOpening, why: "opening" };
  if (letsNobodyIn(pace)) return { ahead, fromMs: null, toMs: null, why: "paused" };
  const personMs = 1_000 / pace.admissionsPerSecond;
  const soonest = untilOpening + ahead * personMs;
  const turnMs = rules.turnSeconds * 1_000;
  const forStock = turnsFor(available ?? Number.POSITIVE_INFINITY, rules.mode === "returns");
  const mostInside = Math.min(pace.mostInside, forStock);
  const latest = untilOpening + Math.ceil(ahead / mostInside) * turnMs;
  const isFull = inside !== null && inside >= mostInside;
  const why = isFull ? "full" : untilOpening > 0 ? "opening" : "pace";
  const toMs = isFull
    ? Math.max(soonest + turnMs, latest)
    : Math.max(soonest * 1.5, latest, soonest + Math.max(3_000, personMs));
  return { ahead, fromMs: nowMs + Math.round(soonest), toMs: nowMs + Math.round(toMs), why };
}

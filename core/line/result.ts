import { drawSteps } from "./next-steps.ts";
import type { LineState } from "./line-state.ts";
import { peopleIn, positionAfter, type RankedList } from "./ranked-list.ts";
import type { Receipt } from "../contract/line.ts";
import { goesOn } from "./turn-end.ts";
import { stepOf } from "./turn.ts";
import { rankIn } from "./turns.ts";
import { hasLeft } from "./withdrawn.ts";

type Turn = { readonly quantity: number; readonly fromMs: number };

/** What a draw came to for one of its entries, when it is told. */
export type DrawResult =
  /** `untilMs` null: nobody knows, since the sale has stood still and the turn goes on. */
  | ({ readonly kind: "won"; readonly untilMs: number | null } & Turn)
  /** Told too late: the turn is over, or the sale is. */
  | ({ readonly kind: "won_before"; readonly untilMs: number } & Turn)
  /** `place` counts from 1. */
  | { readonly kind: "not_selected"; readonly place: number; readonly entries: number }
  /** The sale was ended before anybody's turn. */
  | { readonly kind: "ended" };

/** A guardian that died between two winners' steps is back long before. */
const LONGEST_PASS_MS = 600_000;

/**
 * Whether every winner of the first pass has a step: whoever has none now was not selected. A log that an older version has begun may
 * not say so. Units that were kept back from the sale are in no log; where that leaves it open, the time since the first step decides. Without any step it is drawn
 * once the sale is over and closed: until then it may get more time, and winners.
 */
export function isDrawn(
  state: LineState,
  ranked: RankedList,
  { nowMs, isClosed }: { readonly nowMs: number; readonly isClosed: boolean },
): boolean {
  const { steps, allocated, hasAllWinners } = state;
  const [first] = steps;
  if (hasAllWinners) return true;
  if (!first) return state.end !== null && isClosed;
  const promised = steps.reduce((sum, step) => sum + peopleIn(ranked, step).units, 0);
  return (
    drawSteps(state, ranked, allocated - promised).length === 0 || nowMs > first.holdsFromMs + LONGEST_PASS_MS
  );
}

/** @param hasEnded whether the sale has. Null: there is nothing to tell, since the entry was withdrawn. */
export function resultOf(
  state: LineState,
  ranked: RankedList,
  receipt: Receipt,
  { nowMs, hasEnded }: { readonly nowMs: number; readonly hasEnded: boolean },
): DrawResult | null {
  const { leaf, quantity } = receipt;
  const rank = rankIn(state, receipt);
  if (rank === null || !state.rules || hasLeft(state.withdrawn, leaf)) return null;
  if (state.steps.length === 0) return { kind: "ended" };
  const step = stepOf(state, { rank, quantity });
  if (!step) return { kind: "not_selected", place: positionAfter(ranked, rank), entries: ranked.count };
  const { holdsFromMs: fromMs, lapsesAtMs } = step;
  const { turnSeconds } = state.rules;
  const untilMs = fromMs + turnSeconds * 1_000;
  if (hasEnded || state.end === "ended" || lapsesAtMs !== null)
    return { kind: "won_before", quantity, fromMs, untilMs };
  if (goesOn(step, turnSeconds, nowMs)) return { kind: "won", quantity, fromMs, untilMs: null };
  return { kind: nowMs >= untilMs ? "won_before" : "won", quantity, fromMs, untilMs };
}

/** Whoever has a turn is told first: it does not wait. */
export const hasWon = (result: DrawResult): boolean => result.kind === "won" || result.kind === "won_before";

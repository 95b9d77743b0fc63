import { letsNobodyIn } from "../../../../core/contract/lets-nobody-in.ts";
import { turnsFor } from "../../../../core/contract/turns-for.ts";
import type { LineView, WaitReason } from "../api/contract.ts";
import { partsOf } from "./rank.ts";

/** How many entries stand before one: between these, as far as it can be told without counting each. */
export type Ahead = { readonly about: number; readonly least: number; readonly most: number };

/**
 * Entries between the line and a rank. Lots are spread evenly, so that a share of a list has about that share of its
 * entries: two standard deviations of a binomial either way, and never more than there are.
 */
export function aheadOf({ lists, upTo }: Pick<LineView, "lists" | "upTo">, rank: string): Ahead {
  let [about, variance, all] = [0, 0, 0];
  for (const { list, lane0, lane1 } of lists)
    for (const [lane, entries] of [lane0 ?? 0, lane1 ?? 0].entries()) {
      const share = Math.max(0, shareUpTo(rank, list, lane) - shareUpTo(upTo, list, lane));
      about += entries * share;
      variance += entries * share * (1 - share);
      if (share > 0) all += entries;
    }
  const spread = 2 * Math.sqrt(variance);
  return {
    about: Math.round(about),
    least: Math.max(0, Math.floor(about - spread)),
    most: Math.min(all, Math.ceil(about + spread)),
  };
}

/** Which share of a list's lane has a smaller rank than this one. */
function shareUpTo(rank: string, list: number, lane: number): number {
  if (rank === "") return 0;
  const at = partsOf(rank);
  if (at.list !== list) return at.list > list ? 1 : 0;
  if (at.lane !== lane) return at.lane > lane ? 1 : 0;
  return at.within;
}

export type Wait = {
  /** Instants by the server's clock. Null: nobody can say, since nobody is let in at present. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly why: WaitReason;
};

const nobodyKnows = (why: WaitReason): Wait => ({ fromMs: null, toMs: null, why });

/** How long it may be until a turn, by the same rule as the server's (core/line/estimate.ts). */
export function waitFor(view: LineView, { about }: Ahead, nowMs: number): Wait {
  const { pace, stock, inside } = view;
  if (!pace || view.end !== null) return nobodyKnows("stock");
  if (pace.isPaused) return nobodyKnows("paused");
  if (stock !== null && stock.available <= 0) return nobodyKnows("stock");
  const untilOpening = Math.max(0, Date.parse(view.startsAt) - nowMs);
  if (view.mode === "draw")
    return { fromMs: nowMs + untilOpening, toMs: nowMs + untilOpening, why: "opening" };
  if (letsNobodyIn(pace)) return nobodyKnows("paused");
  const personMs = 1_000 / pace.admissionsPerSecond;
  const soonest = untilOpening + about * personMs;
  const turnMs = view.turnSeconds * 1_000;
  const forStock = turnsFor(stock?.available ?? Number.POSITIVE_INFINITY, view.mode === "returns");
  const mostInside = Math.min(pace.mostInside, forStock);
  const latest = untilOpening + Math.ceil(about / mostInside) * turnMs;
  const isFull = inside !== null && inside >= mostInside;
  const toMs = isFull
    ? Math.max(soonest + turnMs, latest)
    : Math.max(soonest * 1.5, latest, soonest + Math.max(3_000, personMs));
  const why = isFull ? "full" : untilOpening > 0 ? "opening" : "pace";
  return { fromMs: nowMs + Math.round(soonest), toMs: nowMs + Math.round(toMs), why };
}

/** A range whose end moved so much further away is said to have grown, and why. */
const WORTH_SAYING_MS = 20_000;
export const hasGrown = (before: Wait, now: Wait): boolean =>
  before.toMs !== null && (now.toMs === null || now.toMs - before.toMs > WORTH_SAYING_MS);

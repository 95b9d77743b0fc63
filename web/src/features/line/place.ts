import { type EntryState, isSurelyClosed, type JoinAnswer, type LineView } from "../api/contract.ts";
import { type Joining, type NoCheck, progressOf } from "./joining.ts";
import { type Ahead, aheadOf, type Wait, waitFor } from "./estimate.ts";

/** A buyer's entry as this page knows it. */
export type OwnEntry = JoinAnswer & {
  /** Null: its list has no key yet, or the page has not computed it yet. */
  readonly rank: string | null;
  /** What the server last said of it; null: it was not asked. */
  readonly standing: {
    readonly state: EntryState;
    readonly turn: { readonly from: string; readonly to: string | null } | null;
    readonly isUndone: boolean;
  } | null;
};

export type LineKnowledge = {
  /** Null: the line has not been heard of yet. */
  readonly view: LineView | null;
  readonly isUnreachable: boolean;
  /** Null: the buyer has none. */
  readonly entry: OwnEntry | "unknown" | null;
  readonly joining: Joining;
  readonly nowMs: number;
};

/** Where a buyer is in the line, and what the page says. */
export type Place =
  | { readonly kind: "loading" | "unreachable" }
  /** May join the open list. */
  | { readonly kind: "join"; readonly list: number }
  /** The check runs. `progress`: between 0 and 1. */
  | { readonly kind: "challenge"; readonly progress: number }
  /** The check is not to be had: the slower lane is offered. */
  | { readonly kind: "slower"; readonly why: NoCheck }
  | { readonly kind: "joining"; readonly isAgain: boolean }
  /** No lot yet. `isLate`: the beacon's round is overdue. `roundAtMs`: once its root stands. */
  | {
      readonly kind: "joined";
      readonly isOpen: boolean;
      readonly isLate: boolean;
      readonly roundAtMs: number | null;
    }
  | { readonly kind: "waiting"; readonly ahead: Ahead; readonly wait: Wait }
  /** A draw: the order is certain, and who wins is decided at the opening. */
  | { readonly kind: "drawn"; readonly ahead: Ahead; readonly wait: Wait }
  /** Begins at `fromMs`. `toMs` null: until when is being looked up, or the sale stands still. */
  | { readonly kind: "turn"; readonly fromMs: number; readonly toMs: number | null }
  | { readonly kind: "lapsed" | "withdrawn"; readonly mayJoin: boolean }
  /** A draw: not selected so far. */
  | { readonly kind: "passed_over"; readonly ahead: Ahead }
  /** Nobody joins any more, and this buyer has no entry. */
  | { readonly kind: "closed" }
  /** `fate` null: this buyer has no entry, or it is not known yet what became of it. */
  | { readonly kind: "over"; readonly reason: "sold_out" | "ended"; readonly fate: EntryFate | null };

/** What became of an entry by the end of its line. */
export type EntryFate = "had_turn" | "withdrawn" | "never_came";

export function placeOf(known: LineKnowledge): Place {
  const { view, entry, joining } = known;
  if (!view) return { kind: known.isUnreachable ? "unreachable" : "loading" };
  if (joining.kind === "sending") return { kind: "joining", isAgain: joining.isAgain };
  if (entry === "unknown") return { kind: "loading" };
  if (view.end !== null)
    return { kind: "over", reason: view.end, fate: entry && fateOf(entryPlace(view, entry, known.nowMs)) };
  const check = checkPlace(joining);
  // Nobody is kept at a check for a line that nobody joins any more.
  if (check && view.openList !== null) return check;
  if (!entry) return placeOutside(view);
  return entryPlace(view, entry, known.nowMs);
}

/** Where an entry is, as if its line went on. */
function entryPlace(view: LineView, entry: OwnEntry, nowMs: number): Place {
  const mayJoin = view.openList !== null && view.openList > entry.receipt.list;
  if (entry.standing?.state === "withdrawn") return { kind: "withdrawn", mayJoin };
  if (entry.rank === null) return joinedPlace(view, entry);
  const { rank } = entry;
  if (rank > view.upTo) {
    // All units are promised to entries before it.
    if (view.mode === "draw" && view.hasAllWinners)
      return { kind: "passed_over", ahead: aheadOf({ ...view, upTo: "" }, rank) };
    const ahead = aheadOf(view, rank);
    const wait = waitFor(view, ahead, nowMs);
    return { kind: view.mode === "draw" ? "drawn" : "waiting", ahead, wait };
  }
  return reachedPlace(view, { ...entry, rank }, mayJoin);
}

/** Of whoever has no entry. */
function placeOutside(view: LineView): Place {
  const { openList } = view;
  if (openList !== null) return { kind: "join", list: openList };
  return { kind: isSurelyClosed(view) ? "closed" : "loading" };
}

/** What became of an entry that was there when its line ended. */
function fateOf({ kind }: Place): EntryFate | null {
  switch (kind) {
    case "withdrawn":
      return kind;
    case "turn":
    case "lapsed":
      return "had_turn";
    // In a draw the server has to say whether the line took the entry or passed it over.
    case "loading":
      return null;
    default:
      return "never_came";
  }
}

function checkPlace(joining: Joining): Place | null {
  switch (joining.kind) {
    case "asking":
      return { kind: "challenge", progress: 0 };
    case "solving":
      return { kind: "challenge", progress: progressOf(joining.tries, joining.triesOnAverage) };
    case "offered":
      return { kind: "slower", why: joining.why };
    default:
      return null;
  }
}

function joinedPlace({ lists, openList }: LineView, { receipt }: OwnEntry): Place {
  const list = lists.find((known) => known.list === receipt.list);
  const roundAtMs = list?.roundAt ? Date.parse(list.roundAt) : null;
  return { kind: "joined", isOpen: openList === receipt.list, isLate: list?.isLate ?? false, roundAtMs };
}

/** The line has come to the entry. A room's copy of the line says the rest; in a draw the server has to. */
function reachedPlace(
  view: LineView,
  { rank, standing }: OwnEntry & { rank: string },
  mayJoin: boolean,
): Place {
  const isRoom = view.mode !== "draw";
  if (standing?.state === "lapsed" || (isRoom && rank <= view.lapsedUpTo)) return { kind: "lapsed", mayJoin };
  if (standing?.state === "passed_over" || standing?.state === "over")
    return { kind: "passed_over", ahead: aheadOf({ ...view, upTo: "" }, rank) };
  if (standing?.turn) {
    const { from, to } = standing.turn;
    return { kind: "turn", fromMs: Date.parse(from), toMs: to === null ? null : Date.parse(to) };
  }
  if (!isRoom) return { kind: "loading" };
  return { kind: "turn", fromMs: Date.parse(view.holdsFrom ?? view.serverTime), toMs: null };
}

/** Whether the server has to be asked what it knows of the entry: only when the line has come to it. */
export function isWorthAsking(view: LineView, entry: OwnEntry): boolean {
  if (entry.rank === null || entry.rank > view.upTo) return false;
  const state = entry.standing?.state;
  if (state === "turn") return false;
  // "Over" is said until units come back.
  if (view.mode === "draw")
    return state !== "lapsed" && state !== "withdrawn" && (state !== "over" || view.end === null);
  return view.end === null && entry.rank > view.lapsedUpTo;
}

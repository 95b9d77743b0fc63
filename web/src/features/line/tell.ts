import { lineTexts as texts } from "../../../texts/line.ts";
import { lineLooks } from "../../../texts/line-looks.ts";
import type { FaceText } from "../../../texts/looks.ts";
import type { LineView, SaleStatus } from "../api/contract.ts";
import { formatCount, formatMoment, formatTime } from "../page/format.ts";
import type { LineState } from "./line-state.ts";
import type { Place } from "./place.ts";

/** What the page says of a place in the line. */
export type LineFace = {
  readonly state: LineState;
  readonly words: FaceText;
  /** A tab in the background says so too. */
  readonly isUrgent: boolean;
};

type Heard = {
  readonly place: Place;
  /** Of a turn. */
  readonly hasBegun: boolean;
  readonly view: LineView | null;
  readonly sale: SaleStatus;
  readonly isSignedIn: boolean;
  readonly nowMs: number;
  /** Of the buyer's entry; null: they have none. */
  readonly lane: { readonly isLater: boolean; readonly isUndone: boolean } | null;
};

const DAY_MS = 86_400_000;
/** The time alone where it is near, else the day too. */
export const momentOf = (ms: number, nowMs: number): string =>
  Math.abs(ms - nowMs) < DAY_MS / 2 ? formatTime(ms) : formatMoment(ms);

/** Who joins now waits for what comes back: nothing else is left. */
export const isForReturns = (view: LineView | null): boolean =>
  view !== null && view.mode !== "draw" && view.stock?.available === 0 && view.stock.held > 0;

function stateOf({ place, hasBegun, view }: Heard): LineState {
  switch (place.kind) {
    case "join":
      return isForReturns(view) ? "line_returns" : "line_join";
    case "joining":
      return place.isAgain ? "line_checking" : "line_joining";
    case "joined":
      return place.isLate ? "line_late" : "line_joined";
    case "turn":
      if (!hasBegun) return "line_soon";
      return view?.mode === "draw" ? "line_won" : "line_turn";
    case "over":
      return place.reason === "sold_out" ? "line_sold_out" : "line_over";
    default:
      return `line_${place.kind}`;
  }
}

/** The state's words, with the sentences that make them exact. */
export function tell(heard: Heard): LineFace {
  const state = stateOf(heard);
  const face = texts.faces[state];
  const body = [sentenceOf(heard) ?? face.body, adviceOf(heard), laneAdvice(heard)].filter(Boolean).join(" ");
  return { state, words: { ...face, ...lineLooks[state], body }, isUrgent: heard.place.kind === "turn" };
}

function sentenceOf({ place, view, nowMs }: Heard): string | null {
  switch (place.kind) {
    case "join":
      return view && joinSentence(view, place.list, nowMs);
    case "slower":
      return texts.noCheck[place.why];
    case "over":
      if (place.reason === "ended") return texts.endedByUs(place.fate);
      return view?.mode === "returns" ? texts.allPaid(place.fate) : texts.allSold(place.fate);
    case "drawn": {
      const { toMs } = place.wait;
      return texts.drawn(toMs !== null && toMs > nowMs ? momentOf(toMs, nowMs) : null);
    }
    case "turn":
      return view?.mode === "returns" ? texts.turnReturned : null;
    case "closed":
      if (view?.isClosed) return texts.closedByShop;
      return view?.mode === "returns" ? texts.allPaid(null) : null;
    default:
      return null;
  }
}

function joinSentence(view: LineView, list: number, nowMs: number): string {
  if (isForReturns(view))
    return texts.joinReturns(
      formatCount(view.stock?.held ?? 0),
      formatCount(Math.round(view.turnSeconds / 60)),
    );
  if (list > 0) return texts.joinNext(formatCount(view.listSeconds));
  const closes = momentOf(Date.parse(view.closesAt), nowMs);
  return view.mode === "draw" && view.resultAt
    ? texts.joinDraw(closes, momentOf(Date.parse(view.resultAt), nowMs))
    : texts.joinFirst(closes);
}

function adviceOf({ place, view, sale, isSignedIn, nowMs }: Heard): string {
  switch (place.kind) {
    case "join":
      return isSignedIn ? "" : texts.signInFirst;
    case "joined":
      return view ? joinedAdvice(place, view, nowMs) : "";
    case "waiting":
    case "drawn":
      return place.wait.toMs === null ? texts.nobodyKnows(texts.why[place.wait.why]) : "";
    case "turn":
      if (sale.phase === "paused" || sale.phase === "recovering") return texts.heldBySale;
      return sale.phase === "sold_out" ? texts.soldOutInTurn(formatCount(sale.stock?.held ?? 0)) : "";
    case "lapsed":
    case "withdrawn":
      return place.mayJoin ? texts.mayJoinNext : "";
    default:
      return "";
  }
}

function joinedAdvice(place: Extract<Place, { kind: "joined" }>, view: LineView, nowMs: number): string {
  const { roundAtMs, isLate } = place;
  if (roundAtMs !== null)
    return isLate ? texts.lateSince(formatTime(roundAtMs)) : texts.drawnAt(momentOf(roundAtMs, nowMs));
  if (!place.isOpen) return texts.isRead;
  const closesAtMs = Date.parse(view.closesAt);
  const isFirst = view.openList === 0;
  return isFirst && closesAtMs > nowMs ? texts.closesAt(momentOf(closesAtMs, nowMs)) : texts.closesSoon;
}

function laneAdvice({ place, lane }: Heard): string {
  if (!lane || !["joined", "waiting", "drawn"].includes(place.kind)) return "";
  if (lane.isUndone) return texts.laneUndone;
  if (!lane.isLater) return "";
  return place.kind === "joined" && place.isOpen ? texts.checkedLaterOpen : texts.checkedLater;
}

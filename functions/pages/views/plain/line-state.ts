import type { LineView } from "../../../../core/contract/line.ts";
import { isSurelyClosed } from "../../../../core/contract/returns.ts";
import type { FoundEntry } from "../../../../core/line/buyer-entries.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";

export type PlainLine = {
  readonly view: LineView;
  /** Null: nobody is signed in, or they have none. */
  readonly entry: (FoundEntry & { readonly ticket: string; readonly turnTo: string | null }) | null;
};

export type LineState = keyof PlainWords["line"]["faces"];

/** Who joins now waits for what comes back: nothing else is left. */
export const isForReturns = ({ mode, stock }: LineView): boolean =>
  mode !== "draw" && stock?.available === 0 && stock.held > 0;

/** What a page says of a line: the same states as the page with script. */
export function lineState({ view, entry }: PlainLine): LineState {
  if (view.end !== null) return view.end === "sold_out" ? "line_sold_out" : "line_over";
  if (!entry && view.openList === null) return isSurelyClosed(view) ? "line_closed" : "line_loading";
  if (!entry) return isForReturns(view) ? "line_returns" : "line_join";
  switch (entry.state) {
    case "joined":
      return view.lists.find(({ list }) => list === entry.receipt.list)?.isLate ? "line_late" : "line_joined";
    case "waiting":
      if (entry.step) return "line_soon";
      return view.mode === "draw" ? "line_drawn" : "line_waiting";
    case "turn":
      return view.mode === "draw" ? "line_won" : "line_turn";
    case "lapsed":
    case "passed_over":
    case "withdrawn":
    case "over":
      return `line_${entry.state}`;
    default:
      return entry.state satisfies never;
  }
}

/** An entry stands in the line, and the line has not come to it. */
export const isBeforeTurn = (state: LineState): boolean =>
  ["line_joined", "line_late", "line_waiting", "line_drawn"].includes(state);

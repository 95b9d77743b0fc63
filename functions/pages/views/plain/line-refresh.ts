import type { SaleStatus } from "../../../../core/contract/sale.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { type LineState, lineState, type PlainLine } from "./line-state.ts";

/** Where something may happen at any moment. */
const SOON_SECONDS = 10;
const SLOW_SECONDS = 30;
/** A turn lasts five seconds longer than its page says, and that it lapsed holds four seconds after it is written. */
const LAPSE_SECONDS = 10;

const soon: readonly LineState[] = [
  "line_loading",
  "line_joined",
  "line_late",
  "line_waiting",
  "line_drawn",
  "line_soon",
  "line_sold_out",
];
const slow: readonly LineState[] = ["line_passed_over", "line_closed", "line_over"];

/** When a page asks again by itself, and how it says so. */
export type Refresh = { readonly seconds: number; readonly how: keyof PlainWords["plain"]["lineRefreshes"] };

/** Null: the page stays as it is until somebody looks again. */
export function refreshOf({ phase }: Pick<SaleStatus, "phase">, line: PlainLine): Refresh | null {
  const state = lineState(line);
  if (soon.includes(state)) return { seconds: SOON_SECONDS, how: "soon" };
  const isSlow = slow.includes(state);
  if (!isSlow && state !== "line_turn" && state !== "line_won") return null;
  const leftMs = Date.parse(line.entry?.turnTo ?? "") - Date.parse(line.view.serverTime);
  // Somebody chooses there, and would lose their place on the page.
  if (!isSlow && phase === "open" && leftMs > 0)
    return { seconds: Math.ceil(leftMs / 1_000) + LAPSE_SECONDS, how: "afterTurn" };
  return { seconds: SLOW_SECONDS, how: "slowly" };
}

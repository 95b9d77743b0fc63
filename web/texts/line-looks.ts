import type { LineState } from "../src/features/line/line-state.ts";
import type { Look } from "./looks.ts";

const look = (icon: string, tone: Look["tone"]): Look => ({ icon, tone });

/** Apart from the other looks: only a sale with a line has these. */
export const lineLooks: Record<LineState, Look> = {
  line_loading: look("dots", "quiet"),
  line_unreachable: look("offline", "wait"),
  line_join: look("clock", "live"),
  line_returns: look("clock", "wait"),
  line_challenge: look("dots", "live"),
  line_slower: look("question", "wait"),
  line_joining: look("dots", "live"),
  line_checking: look("dots", "wait"),
  line_joined: look("check", "good"),
  line_late: look("clock", "wait"),
  line_waiting: look("clock", "live"),
  line_drawn: look("clock", "live"),
  line_soon: look("bolt", "live"),
  line_turn: look("bolt", "live"),
  line_won: look("check", "good"),
  line_lapsed: look("flag", "wait"),
  line_passed_over: look("flag", "quiet"),
  line_withdrawn: look("flag", "quiet"),
  line_closed: look("flag", "quiet"),
  line_sold_out: look("flag", "quiet"),
  line_over: look("flag", "quiet"),
};

/** What the page says of the line; `data-state` shows it. */
export type LineState =
  | "line_loading"
  | "line_unreachable"
  | "line_join"
  /** Every unit is taken, and some may come back: who joins is told. */
  | "line_returns"
  | "line_challenge"
  | "line_slower"
  | "line_joining"
  | "line_checking"
  | "line_joined"
  | "line_late"
  | "line_waiting"
  /** A draw's order is certain, and its winners are not yet. */
  | "line_drawn"
  | "line_soon"
  | "line_turn"
  | "line_won"
  | "line_lapsed"
  | "line_passed_over"
  | "line_withdrawn"
  | "line_closed"
  /** Every unit is sold; if some come back, the line goes on. */
  | "line_sold_out"
  | "line_over";

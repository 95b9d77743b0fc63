import { isDeepStrictEqual } from "node:util";
import type { Sale } from "../sale/sale.ts";
import type { LineState } from "./line-state.ts";
import type { Chain, News, Pace } from "./log-line.ts";

type RulesNews = Extract<News, { kind: "rules" }>;
/** The parts of a sale that its line goes by. */
type LineSale = Pick<Sale, "saleId" | "mode" | "startsAtMs" | "purchaseLimit" | "allocated">;

/** What a sale promises of its line; null: it has none. */
export function rulesOf(sale: LineSale, chain: Chain): RulesNews | null {
  const { saleId, mode, startsAtMs, purchaseLimit, allocated } = sale;
  if (mode.kind === "open") return null;
  return {
    kind: "rules",
    version: 1,
    saleId,
    mode: mode.kind,
    startsAtMs,
    closesAtMs: Date.parse(mode.closesAt),
    resultAtMs: mode.kind === "draw" ? Date.parse(mode.resultAt) : null,
    listSeconds: mode.kind === "draw" ? 0 : mode.listSeconds,
    turnSeconds: mode.turnSeconds,
    purchaseLimit,
    allocated,
    chain,
  };
}

/** The pace that a line begins with. A draw has none: every winner's turn comes at once. */
export const firstPace = ({ mode }: Pick<Sale, "mode">): Pace => ({
  admissionsPerSecond: mode.kind === "waiting_room" ? mode.admissionsPerSecond : 0,
  mostInside: mode.kind === "waiting_room" ? mode.mostInside : 0,
  isPaused: false,
  message: "",
});

/** What the log must say of a sale that was changed; null: it says so already. After list 0 has closed, the allocation alone. */
export function changedRules(state: LineState, sale: LineSale): News | null {
  if (!state.rules) return null;
  const rules = rulesOf(sale, state.rules.chain);
  if (!rules || rules.mode !== state.rules.mode) return null;
  if (state.lists.length > 0)
    return sale.allocated === state.allocated
      ? null
      : { kind: "allocation", allocated: sale.allocated, role: "operator" };
  const { kind: _, version: __, saleId: ___, ...now } = rules;
  return isDeepStrictEqual(now, { ...state.rules, allocated: state.allocated }) ? null : rules;
}

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
  if (mode.kind === "open")
    return mode.returnsSince === undefined ? null : returnsRules(sale, chain, Date.parse(mode.returnsSince));
  return {
    kind: "rules",
    version: 3,
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

/** While a list is open, and for how long a turn for a unit that came back lasts: a mail takes up to a minute. */
const RETURNS_LIST_SECONDS = 30;
const RETURNS_TURN_SECONDS = 300;
/** A turn is for one unit, so that each that comes back is the next one's, and nobody's turn is in vain. */
export const UNITS_A_RETURN = 1;

/** The rules of the line in which people wait for what comes back to an open sale. */
export const returnsRules = (
  { saleId, startsAtMs, allocated }: Pick<Sale, "saleId" | "startsAtMs" | "allocated">,
  chain: Chain,
  sinceMs: number,
): RulesNews => ({
  kind: "rules",
  version: 3,
  saleId,
  mode: "returns",
  startsAtMs,
  closesAtMs: sinceMs + RETURNS_LIST_SECONDS * 1_000,
  resultAtMs: null,
  listSeconds: RETURNS_LIST_SECONDS,
  turnSeconds: RETURNS_TURN_SECONDS,
  purchaseLimit: UNITS_A_RETURN,
  allocated,
  chain,
});

/** How many turns for returns begin in a second at most; as many as there are units, so that this bounds a flood alone. */
const RETURNS_PACE = { admissionsPerSecond: 100, mostInside: 100_000, isPaused: false, message: "" };

/** The pace that a line begins with. A draw has none: every winner's turn comes at once. */
export function firstPace({ mode }: Pick<Sale, "mode">): Pace {
  if (mode.kind === "open") return RETURNS_PACE;
  const isRoom = mode.kind === "waiting_room";
  return {
    admissionsPerSecond: isRoom ? mode.admissionsPerSecond : 0,
    mostInside: isRoom ? mode.mostInside : 0,
    isPaused: false,
    message: "",
  };
}

/** What the log must say of a sale that was changed; null: it says so already. After list 0 has closed, the allocation alone. */
export function changedRules(state: LineState, sale: LineSale): News | null {
  if (!state.rules) return null;
  const rules = rulesOf(sale, state.rules.chain);
  if (!rules || rules.mode !== state.rules.mode) return null;
  if (state.lists.length > 0)
    return sale.allocated === state.allocated
      ? null
      : { kind: "allocation", allocated: sale.allocated, role: "operator" };
  // A line that an older version has begun goes on as it was.
  const { version } = state.rules;
  const { kind: _, saleId: __, ...now } = { ...rules, version };
  const isSame = isDeepStrictEqual(now, { ...state.rules, allocated: state.allocated });
  return isSame ? null : { ...rules, version };
}

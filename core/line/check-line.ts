import type { SaleId } from "../ids.ts";
import { isDecided } from "./is-decided.ts";
import { keyOf } from "./lot.ts";
import type { LineState } from "./line-state.ts";
import type { LogLine } from "./log-line.ts";
import { ROOT_BEFORE_ROUND_MS, roundAtMs, roundOf } from "./round.ts";

/** Every copy of the log has a step before it counts. */
export const STEP_AHEAD_MS = 3_000;

/**
 * Why a line may not follow a log, by the laws of docs/fairness.md that need nothing but the log; null: it may. Whether the
 * signature verifies is for who has the beacon's key; whether `people` is right, for who has the entries.
 */
export function brokenLaw(saleId: SaleId, state: LineState, line: LogLine): string | null {
  if (line.n !== state.lines) return `line ${line.n} does not follow ${state.lines} lines`;
  if (line.prev !== state.hash) return "prev is not the hash of the line before";
  if (line.atMs < state.atMs) return "atMs falls";
  if (state.end !== null && (line.kind === "step" || line.kind === "end")) return "the line has ended";
  if (line.n === 0 && line.kind !== "rules") return "line 0 must be the rules";
  switch (line.kind) {
    case "rules":
      return brokenRules(saleId, state, line);
    case "closing":
      if (line.list !== state.lists.length) return "lists close in order, and once";
      return state.lastList !== null && line.list > state.lastList ? "the line is closed to newcomers" : null;
    case "root":
      return brokenRoot(state, line);
    case "key":
      return brokenKey(saleId, state, line);
    case "step":
      return brokenStep(state, line) ?? brokenLapse(state, line);
    case "lapse":
      return brokenLapse(state, line);
    case "withdrawn":
      return state.lists[line.list] ? null : "its list is still open";
    case "joining":
      return brokenJoining(state, line);
    case "reopened":
      return state.end === null ? "only a line that has ended is reopened" : null;
    case "orders":
      return brokenOrders(state, line);
    case "units":
      return brokenUnits(state, line);
    case "settings":
    case "allocation":
    case "end":
      return null;
    default:
      return line satisfies never;
  }
}

type LineOf<Kind extends LogLine["kind"]> = Extract<LogLine, { kind: Kind }>;

function brokenRules(saleId: SaleId, { rules, lists }: LineState, line: LineOf<"rules">): string | null {
  if (line.saleId !== saleId) return "the rules are of another sale";
  if (line.mode === "draw" && line.resultAtMs === null) return "a draw has a time for its result";
  if (rules === null) return null;
  if (lists.length > 0) return "rules change only while list 0 is open";
  if (line.mode !== rules.mode) return "the mode never changes";
  if (line.version !== rules.version) return "the version never changes";
  return JSON.stringify(line.chain) === JSON.stringify(rules.chain) ? null : "the chain never changes";
}

function brokenRoot({ rules, lists }: LineState, line: LineOf<"root">): string | null {
  const list = lists[line.list];
  if (!rules || !list) return "a list closes before it has a root";
  if (list.root) return "a list has one root";
  if (line.list > 0 && !lists[line.list - 1]!.root) return "the list before has no root yet";
  if (line.round !== roundOf(rules, line.atMs, rules.chain)) return "the round is not the one of the rule";
  return roundAtMs(line.round, rules.chain) - line.atMs >= ROOT_BEFORE_ROUND_MS
    ? null
    : "the root does not stand long enough before its round";
}

function brokenKey(saleId: SaleId, { rules, lists }: LineState, line: LineOf<"key">): string | null {
  const root = lists[line.list]?.root;
  if (!rules || !root) return "a list has a root before it has a key";
  if (lists[line.list]!.key) return "a list has one key";
  if (line.list > 0 && !lists[line.list - 1]!.key) return "the list before has no key yet";
  if (line.round !== root.round) return "the round is another one than the root's";
  const { list, round, signature } = line;
  const key = keyOf({ saleId, list, root: root.root, chainHash: rules.chain.hash, round, signature });
  return key === line.key ? null : "the key does not follow from root and signature";
}

function brokenJoining({ rules, lastList }: LineState, { isOpen }: LineOf<"joining">): string | null {
  if (rules?.mode === "draw") return "a draw has one list, which closes at its time";
  return isOpen === (lastList !== null) ? null : "the line is open to newcomers, or closed, as it was";
}

/** Whether the root is right, for who has the orders. */
function brokenOrders({ rules, bound }: LineState, { count, place, late }: LineOf<"orders">): string | null {
  if ((rules?.version ?? 1) < 2) return "a log of version 1 binds no orders";
  const before = bound ?? { count: 0, place: 0 };
  if (place < before.place) return "the place up to which orders are bound falls";
  if (count < before.count + late.length || count === before.count) return "no order is bound anew";
  return late.every((hash, i) => i === 0 || late[i - 1]! < hash)
    ? null
    : "late orders are not in their order";
}

/** Whether the root is right, for who has the orders. */
function brokenUnits({ rules, bound, units }: LineState, { count, changed }: LineOf<"units">): string | null {
  if ((rules?.version ?? 1) < 3) return "a log before version 3 does not bind what became of orders";
  if (count !== bound?.count) return "it is not of the orders that the log binds";
  const isNew = units === null ? changed.length === 0 : count > units.count || changed.length > 0;
  if (!isNew) return "nothing is bound anew";
  const rows = changed.map((text) => text.split(" "));
  if (!rows.every(([, , state]) => isDecided(state!))) return "it says of an order that it was not decided";
  return rows.every(([hash], i) => i === 0 || rows[i - 1]![0]! < hash!)
    ? null
    : "orders are not in their order, or one is there twice";
}

function brokenStep(state: LineState, line: LineOf<"step">): string | null {
  if (line.step !== state.steps.length + 1) return "steps count up by one";
  if (line.after >= line.upTo) return "a step's range is empty";
  if (!state.lists[Number(line.upTo.slice(0, 8))]?.key) return "the list of upTo has no key yet";
  const isSecondChance = line.after < state.upTo;
  if (isSecondChance && state.rules?.mode !== "draw") return "a step begins where the one before ended";
  if (line.after > state.upTo) return "a step begins where the one before ended";
  return isSecondChance && line.upTo > state.upTo ? "a second chance does not move the line on" : null;
}

function brokenLapse(state: LineState, line: LineOf<"step" | "lapse">): string | null {
  if (line.lapsedSteps < state.lapsedSteps) return "lapsedSteps falls";
  if (line.lapsedSteps > state.steps.length) return "a step lapses before it is there";
  if (line.holdsFromMs < state.holdsFromMs) return "holdsFromMs falls";
  return line.holdsFromMs >= line.atMs + STEP_AHEAD_MS ? null : "it holds before every copy has it";
}

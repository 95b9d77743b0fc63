import type { LineView } from "../contract/line.ts";
import type { SaleId } from "../ids.ts";
import { entriesIn, entriesWaiting, listsWaiting } from "./entries-waiting.ts";
import { type LineState, type LoggedList, mayJoin, openList } from "./line-state.ts";
import type { Chain, Rules } from "./log-line.ts";
import { opensAtMs } from "./opens-at.ts";
import { linePollAfterMs } from "./poll-after.ts";
import { whyNoReturns } from "./returns.ts";
import { roundAtMs } from "./round.ts";

/** A round that is late by more is called late: a relay has it some hundred milliseconds after its time. */
const LATE_MS = 5_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** What the gate says of a line at this moment; null: it cannot be trusted. */
export type LineGate = {
  readonly available: number;
  readonly held: number;
  readonly inside: number;
  /** When the sale opens by the gate's own settings. */
  readonly startsAtMs: number;
} | null;

/** The line as everybody sees it, from its log and the gate's counters. Without a log yet, by what the sale promises. */
export function lineView(
  saleId: SaleId,
  state: LineState,
  rules: Rules,
  gate: LineGate,
  nowMs: number,
): LineView {
  const { pace, end, steps, hasAllWinners, lapsedSteps, lines, hash, upTo } = state;
  const last = steps.at(-1);
  const phase = phaseOf(state);
  const waiting = listsWaiting(state);
  const over = state.lists.slice(0, state.lists.length - waiting.length);
  return {
    saleId,
    mode: rules.mode,
    phase,
    startsAt: iso(opensAtMs(rules, gate?.startsAtMs ?? null)),
    closesAt: iso(rules.closesAtMs),
    resultAt: rules.resultAtMs === null ? null : iso(rules.resultAtMs),
    listSeconds: rules.listSeconds,
    turnSeconds: rules.turnSeconds,
    purchaseLimit: rules.purchaseLimit,
    openList: openListOf(state, rules, gate),
    lists: waiting.map((list) => listView(list, rules.chain, nowMs)),
    isClosed: state.lastList !== null,
    entriesBefore: over.reduce((sum, { root }) => sum + entriesIn(root), 0),
    upTo,
    lapsedUpTo: steps[lapsedSteps - 1]?.upTo ?? "",
    steps: steps.length,
    hasAllWinners,
    holdsFrom: last ? iso(last.holdsFromMs) : null,
    admitted: steps.reduce((sum, { people }) => sum + people, 0),
    inside: gate?.inside ?? null,
    stock: gate && { available: gate.available, held: gate.held },
    pace,
    end,
    log: { lines, hash },
    chain: { hash: rules.chain.hash, isRehearsal: rules.chain.isRehearsal },
    serverTime: iso(nowMs),
    pollAfterMs: linePollAfterMs({
      phase,
      entries: entriesWaiting(state) ?? 0,
      untilCloseMs: rules.closesAtMs - nowMs,
    }),
  };
}

function phaseOf({ end, lists }: LineState): LineView["phase"] {
  if (end !== null) return "ended";
  const list = lists[0];
  if (!list) return "joining";
  if (!list.root) return "closing";
  return list.key ? "moving" : "drawing";
}

function openListOf(state: LineState, { mode }: Rules, gate: LineGate): number | null {
  // Before anybody waits, there is a list to join only while a unit may come back.
  if (mode === "returns" && state.lines === 0 && whyNoReturns(gate) !== null) return null;
  return mayJoin(state, mode) ? openList(state) : null;
}

function listView({ list, closingAtMs, root, key }: LoggedList, chain: Chain, nowMs: number) {
  const dueMs = root && roundAtMs(root.round, chain);
  return {
    list,
    closedAt: iso(closingAtMs),
    lane0: root?.lane0 ?? null,
    lane1: root?.lane1 ?? null,
    root: root?.root ?? null,
    round: root?.round ?? null,
    roundAt: dueMs === null ? null : iso(dueMs),
    isLate: dueMs !== null && !key && nowMs > dueMs + LATE_MS,
    key: key?.key ?? null,
    signature: key?.signature ?? null,
  };
}

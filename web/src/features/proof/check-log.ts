import { isKnownChain, isSameChain, roundAtMs, roundOf, stoodBefore } from "./chain.ts";
import { checkClosing, checkRead } from "./check-lists.ts";
import { checkBinding } from "./check-bound.ts";
import { checkUnitsLine } from "./check-units.ts";
import { checkLapse, checkStep } from "./check-steps.ts";
import type { LineState } from "./line-state.ts";
import {
  findLeaf,
  firstOutOfOrder,
  keyOf,
  hasTwice,
  type ListEntries,
  rankEntries,
  readEntries,
  rootOf,
} from "./list-entries.ts";
import {
  FIRST_PREV,
  hashOfLine,
  type KeyLine,
  type LogLine,
  readLine,
  type RootLine,
  type RulesLine,
} from "./log-lines.ts";

/** Reads the log line by line as it grew, and checks each against all that was before it. */
export function checkLog(state: LineState, log: readonly string[], lastHash: string): void {
  let [prev, atMs] = [FIRST_PREV, 0];
  // A page may have seen the log before its first line.
  state.hashes.add(FIRST_PREV);
  for (const [n, text] of log.entries()) {
    const where = `log ${n}`;
    const line = readLine(text);
    state.counts.log++;
    if (state.check(line !== null, "log", "no_line", where)) {
      state.check(line!.n === n, "log", "line_number", where);
      state.check(line!.prev === prev, "log", "line_hash", where);
      state.check(line!.atMs >= atMs, "log", "time_fell", where);
      atMs = Math.max(atMs, line!.atMs);
      const isFirst = n === 0 ? line!.kind === "rules" : n !== 1 || line!.kind === "settings";
      state.check(isFirst, "log", "first_lines", where);
      if (line!.kind === "rules" || state.rules) take(state, line!, where);
    }
    prev = hashOfLine(text);
    state.hashes.add(prev);
  }
  state.check(prev === lastHash, "log", "log_hash", `log ${log.length - 1}`);
  state.check(!hasTwice(state.commitments), "lists", "commitment_twice", "lists");
}

function take(state: LineState, line: LogLine, where: string): void {
  switch (line.kind) {
    case "rules":
      return takeRules(state, line, where);
    case "closing":
      return checkClosing(state, line, where);
    case "root":
      return takeRoot(state, line, where);
    case "key":
      return takeKey(state, line, where);
    case "step":
      return checkStep(state, line, where);
    case "lapse":
      return checkLapse(state, line, where);
    case "joining":
      state.check(state.rules!.mode !== "draw", "log", "list_order", where);
      state.check(line.isOpen === (state.lastList !== Infinity), "log", "joining", where);
      state.lastList = line.isOpen ? Infinity : state.lists.length;
      return;
    case "allocation":
      state.allocated = line.allocated;
      state.allocations.push({ ...line, steps: state.steps.length, where });
      return;
    case "withdrawn": {
      state.check(!state.withdrawn.has(line.leaf), "lists", "withdrawn_again", where);
      const known = state.lists[line.list];
      // Between closing and root nobody has published the list yet; but a leaf stands in one list alone.
      if (known && !known.root) known.left.push(line.leaf);
      const isIn = known?.root ? hasLeaf(known.entries, line.leaf) : !!known && !isListed(state, line.leaf);
      state.check(isIn, "lists", "no_entry", where);
      state.withdrawn = new Set([...state.withdrawn, line.leaf]);
      return;
    }
    case "end":
      state.check(
        state.end === null && ["sold_out", "ended"].includes(line.reason),
        "steps",
        "ended_again",
        where,
      );
      if (line.reason === "sold_out")
        state.soldOut.push({ atMs: line.atMs, allocated: state.allocated, where });
      state.end = line.reason;
      state.hasEnded = true;
      return;
    case "orders":
      return checkBinding(state, line, where);
    case "units":
      return checkUnitsLine(state, line, where);
    case "reopened":
      state.check(state.end !== null && line.units > 0, "steps", "not_ended", where);
      state.end = null;
      return;
    case "settings":
      state.isPaused = line.isPaused;
      return;
    default:
      line satisfies never;
  }
}

const hasLeaf = (entries: ListEntries | null | undefined, leaf: string): boolean =>
  !!entries && findLeaf(entries, leaf) >= 0;

const isListed = ({ lists }: LineState, leaf: string): boolean =>
  lists.some(({ entries }) => hasLeaf(entries, leaf));

const CLOSES_BEFORE_OPENING_MS = 120_000;

/** What the rules of each mode must be. */
function fitsMode(line: RulesLine): boolean {
  const { mode, startsAtMs, closesAtMs, resultAtMs, listSeconds, turnSeconds, purchaseLimit } = line;
  if (turnSeconds === 0 || purchaseLimit === 0) return false;
  if (mode === "returns") return resultAtMs === null && listSeconds > 0 && purchaseLimit === 1;
  if (closesAtMs > startsAtMs - CLOSES_BEFORE_OPENING_MS) return false;
  return mode === "draw"
    ? Number.isSafeInteger(resultAtMs) && resultAtMs! >= 0 && listSeconds === 0
    : (mode as string) === "waiting_room" && resultAtMs === null && listSeconds > 0;
}

function takeRules(state: LineState, line: RulesLine, where: string): void {
  const before = state.rules;
  state.check(line.saleId === state.saleId && [1, 2, 3].includes(line.version), "log", "other_sale", where);
  state.check(fitsMode(line), "log", "rules_fit", where);
  if (before) {
    state.check(state.lists.length === 0, "log", "rules_late", where);
    state.check(line.mode === before.mode && line.version === before.version, "log", "other_mode", where);
    state.check(isSameChain(line.chain, before.chain), "log", "chain_changed", where);
  } else {
    state.check(isKnownChain(line.chain), "signatures", "unknown_chain", where);
    state.begunAtMs = line.atMs;
  }
  state.rules = line;
  state.allocated = line.allocated;
  state.allocations.push({ ...line, steps: 0, where });
  state.purchaseLimit = Math.max(state.purchaseLimit, line.purchaseLimit);
}

function takeRoot(state: LineState, line: RootLine, where: string): void {
  const known = state.lists[line.list];
  const isNext = !!known && !known.root && (line.list === 0 || !!state.lists[line.list - 1]?.root);
  if (!state.check(isNext, "log", "list_order", where) || !known) return;
  known.root = line;
  const { chain } = state.rules!;
  state.counts.rounds++;
  state.check(line.round === roundOf(state.rules!, line.atMs), "rounds", "round_rule", where);
  state.check(stoodBefore(chain, line.round, line.atMs), "rounds", "root_late", where);
  const lines = state.entriesOf(line.list);
  if (!state.check(lines !== null, "lists", "no_entry", `list ${line.list}`)) return;
  const entries = readEntries(state.saleId, line.list, lines!);
  known.entries = entries;
  state.commitments.push(entries.commitments);
  checkRead(state, known, line, entries, where);
  for (const leaf of known.left) state.check(hasLeaf(entries, leaf), "lists", "no_entry", where);
  state.counts.lists += entries.count;
  for (const odd of entries.odd) state.check(false, "lists", "no_entry", `list ${line.list}, ${odd}`);
  const unordered = firstOutOfOrder(entries);
  state.check(unordered < 0, "lists", "entry_order", `list ${line.list}, ${unordered}`);
  const lane1 = entries.lanes.reduce((sum, lane) => sum + lane, 0);
  const isCounted = lane1 === line.lane1 && entries.count - lane1 === line.lane0;
  state.check(isCounted, "lists", "list_count", `list ${line.list}`);
  state.check(rootOf(entries.leaves) === line.root, "lists", "list_root", `list ${line.list}`);
}

function takeKey(state: LineState, line: KeyLine, where: string): void {
  const known = state.lists[line.list];
  const isNext = !!known?.root && !known.key && (line.list === 0 || !!state.lists[line.list - 1]?.key);
  if (!state.check(isNext, "log", "list_order", where) || !known?.root) return;
  known.key = line;
  const { chain } = state.rules!;
  state.check(line.round === known.root.round, "rounds", "round_rule", where);
  state.check(line.atMs >= roundAtMs(chain, line.round), "rounds", "key_early", where);
  if (state.verifyRound) {
    state.counts.signatures++;
    const isSigned = state.verifyRound(chain.publicKey, line.round, line.signature);
    state.check(isSigned, "signatures", "signature", where);
  } else state.unverified++;
  const { list, round, signature } = line;
  const { root } = known.root;
  const key = keyOf({ saleId: state.saleId, list, root, chainHash: chain.hash, round, signature });
  state.counts.keys++;
  state.check(key === line.key, "keys", "key", where);
  // By the key as it must be: whoever logs another one is shown to have changed the order.
  if (known.entries) known.ranked = rankEntries(known.entries, key);
}

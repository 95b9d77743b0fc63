import type { FairnessIndex, Receipt } from "../api/contract.ts";
import { ascii, hex, join, sha256, unhex } from "./bytes.ts";
import { isSameChain } from "./chain.ts";
import { checkLog } from "./check-log.ts";
import { checkOrders } from "./check-orders.ts";
import { checkPromises } from "./check-promises.ts";
import { findEntry, type Found } from "./find-entry.ts";
import { emptyState, type KnownStep, type LineState } from "./line-state.ts";
import { findLeaf, hashAt, leafWriter, rankAt } from "./list-entries.ts";
import { chainFields, FIRST_PREV, hasFields } from "./log-lines.ts";
import type { OwnEntry, Report } from "./report.ts";
import type { VerifyRound } from "./verify-round.ts";

/** What a page of the sale has kept since it was first seen. */
export type Seen = {
  /** How many lines the log had then. */
  readonly logLines: number;
  readonly logHash: string | null;
  /** By list. */
  readonly roots: Readonly<Record<number, string>>;
  readonly receipt: Receipt | null;
};

/** All that is published of a line. */
export type LineFiles = {
  readonly index: FairnessIndex;
  readonly log: readonly string[];
  /** By list. */
  readonly lists: Readonly<Record<number, readonly string[]>>;
  readonly orders: readonly string[];
};

/** Re-derives a line from its public files, as docs/fairness.md says. */
export function checkLine(files: LineFiles, seen: Seen, verifyRound: VerifyRound | null): Report {
  const { index, log, lists, orders } = files;
  const state = emptyState(index.saleId, (list) => lists[list] ?? null, verifyRound);
  checkLog(state, log, index.log.hash);
  if (isUnpublished(files)) state.check(hasIndexFields(index), "log", "index", "index");
  else {
    checkIndex(state, index);
    const { isFinal } = index.orders;
    const bought = checkOrders(state, orders, isFinal);
    if (state.rules?.mode === "draw") checkPromises(state, bought, isFinal);
  }
  checkSeen(state, seen);
  return {
    mode: state.rules?.mode ?? null,
    isRehearsal: state.rules?.chain.isRehearsal ?? false,
    counts: state.counts,
    faults: state.faults,
    unverified: state.unverified,
    isFinal: index.orders.isFinal,
    entries: state.counts.lists,
    own: seen.receipt && findOwn(state, seen.receipt),
  };
}

/** Before its first line a log says nothing. Of an open sale there may be orders by then. */
const isUnpublished = ({ index, orders }: LineFiles): boolean =>
  index.log.lines === 0 &&
  index.log.hash === FIRST_PREV &&
  index.lists.length === 0 &&
  (orders.length === 0 || index.mode === "returns");

/** What was read is whatever the site sends. */
function hasIndexFields(index: FairnessIndex): boolean {
  const { chain, log, lists, orders } = index;
  return (
    hasFields(index, ["version", "saleId", "mode", "chain", "log", "lists", "orders"]) &&
    hasFields(chain, chainFields) &&
    hasFields(log, ["lines", "pages", "hash"]) &&
    lists.every((list) => hasFields(list, ["list", "count", "pages", "root"])) &&
    hasFields(orders, ["count", "pages", "isFinal"]) &&
    typeof orders.isFinal === "boolean"
  );
}

/** What the index says that the log says too. */
function checkIndex(state: LineState, index: FairnessIndex): void {
  const { version, mode, chain, lists } = index;
  const { rules } = state;
  const isOfRules =
    hasIndexFields(index) && version === 1 && mode === rules?.mode && isSameChain(chain, rules.chain);
  state.check(isOfRules, "log", "index", "index");
  const rooted = state.lists.flatMap(({ root }, list) => (root ? [list] : []));
  state.check(lists.map(({ list }) => list).join() === rooted.join(), "log", "index", "lists");
  for (const { list, count, root } of lists) {
    const logged = state.lists[list]?.root;
    const isOfLog = root === logged?.root && count === logged.lane0 + logged.lane1;
    state.check(isOfLog, "log", "index", `list ${list}`);
  }
}

function checkSeen(state: LineState, { logHash, roots }: Seen): void {
  if (logHash !== null) {
    state.counts.seen++;
    state.check(state.hashes.has(logHash), "seen", "seen_log", logHash.slice(0, 12));
  }
  for (const [list, root] of Object.entries(roots)) {
    state.counts.seen++;
    state.check(state.lists[Number(list)]?.root?.root === root, "seen", "seen_root", `list ${list}`);
  }
}

/** The leaf that follows from a receipt. */
export function leafOfReceipt(receipt: Receipt): string {
  const { saleId, list, lane, quantity, buyerId, salt } = receipt;
  const commitment = sha256(join(unhex(salt), ascii(buyerId)));
  return hex(leafWriter(saleId, list)(lane, quantity, commitment));
}

function findOwn(state: LineState, receipt: Receipt): OwnEntry | "left_out" | null {
  const { list, quantity } = receipt;
  const known = state.lists[list];
  // Its list is still open, or being read.
  if (!known?.root) return null;
  const isListed = (asked: Receipt) =>
    known.entries !== null && findLeaf(known.entries, leafOfReceipt(asked)) >= 0;
  // That it was to be checked later may have been undone after the receipt was made.
  const inLane0 = { ...receipt, lane: 0 } as const;
  const listed = !isListed(receipt) && isListed(inLane0) ? inLane0 : receipt;
  const { lane } = listed;
  const leaf = leafOfReceipt(listed);
  const isThere = isListed(listed);
  if (!state.check(isThere, "lists", "left_out", `list ${list}`)) return "left_out";
  const entriesInList = known.entries!.count;
  const own = { list, lane, quantity, leaf, entriesInList, isWithdrawn: state.withdrawn.has(leaf) };
  const found = findEntry(state, leaf);
  if (!found) return { ...own, lot: null, placeInList: null, place: null, step: null };
  const before = state.lists.slice(0, list).reduce((sum, { entries }) => sum + (entries?.count ?? 0), 0);
  return {
    ...own,
    lot: hashAt(found.ranked.lots, found.at),
    placeInList: found.place + 1,
    place: before + found.place + 1,
    step: stepOf(state, found),
  };
}

/** The last step that gave the entry at a place of its list a turn. */
function stepOf({ steps }: LineState, { ranked, at, place }: Found): number | null {
  const [rank, quantity] = [rankAt(ranked, place), ranked.quantities[at]!];
  const isIn = ({ after, upTo, quantityAtMost }: KnownStep) =>
    after < rank && rank <= upTo && quantity <= quantityAtMost;
  return steps.findLast(isIn)?.step ?? null;
}

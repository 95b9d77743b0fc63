import type { EntryState } from "../contract/line.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { estimateWait, type WaitEstimate } from "./estimate.ts";
import type { BuyerEntry } from "./entries.dynamo.ts";
import type { Joins } from "./joins.dynamo.ts";
import type { LineFiles } from "./line-files.dynamo.ts";
import { type LineState, readListOf, type Step } from "./line-state.ts";
import { wasUndone } from "./lanes.ts";
import { receiptOf } from "./ticket.ts";
import { isPassedOver, stepOf } from "./turn.ts";
import { rankIn } from "./turns.ts";
import { hasLeft } from "./withdrawn.ts";

export type FoundEntry = {
  readonly receipt: ReturnType<typeof receiptOf>;
  readonly state: EntryState;
  readonly rank: string | null;
  readonly estimate: WaitEstimate | null;
  readonly step: Step | null;
  /** It was to be checked later, and an operator undid that. */
  readonly isUndone: boolean;
  /** Its list has closed and was not read yet. */
  readonly isUnread: boolean;
};

export type EntriesDependencies = {
  readonly joins: Pick<Joins, "ofBuyer">;
  readonly files: Pick<LineFiles, "hasLeaf">;
};

type Facts = Parameters<typeof estimateWait>[2];

/**
 * A buyer's entries, each as far as the log has come with it. One that reached its list after it was read is in no list, and is
 * not shown: nobody was told that it stands.
 */
export async function buyerEntries(
  { joins, files }: EntriesDependencies,
  saleId: SaleId,
  buyerId: BuyerId,
  state: LineState,
  facts: Facts,
): Promise<FoundEntry[]> {
  const entries = await joins.ofBuyer(saleId, buyerId, state.lists.length);
  const standing = await Promise.all(entries.map((entry) => stands(files, saleId, entry, state)));
  return entries.filter((_, i) => standing[i]).map((entry) => foundEntry(saleId, entry, state, facts));
}

async function stands(
  files: EntriesDependencies["files"],
  saleId: SaleId,
  entry: BuyerEntry,
  state: LineState,
): Promise<boolean> {
  const list = readListOf(state, entry.list);
  return list === null || files.hasLeaf(saleId, list, receiptOf(saleId, entry).leaf);
}

function foundEntry(saleId: SaleId, entry: BuyerEntry, state: LineState, facts: Facts): FoundEntry {
  const receipt = receiptOf(saleId, entry);
  const rank = rankIn(state, receipt);
  const step = rank === null ? null : (stepOf(state, { rank, quantity: entry.quantity }) ?? null);
  const shown = entryState(state, receipt.leaf, rank, step, facts.nowMs);
  const estimate = rank !== null && shown === "waiting" ? estimateWait(state, rank, facts) : null;
  const list = state.lists[entry.list];
  return {
    receipt,
    state: shown,
    rank,
    estimate,
    step,
    isUndone: wasUndone(entry),
    isUnread: list !== undefined && list.root === null,
  };
}

function entryState(
  state: LineState,
  leaf: string,
  rank: string | null,
  step: Step | null,
  nowMs: number,
): EntryState {
  if (step && (step.lapsesAtMs === null || nowMs < step.lapsesAtMs))
    return nowMs < step.holdsFromMs ? "waiting" : "turn";
  if (step) return "lapsed";
  if (hasLeft(state.withdrawn, leaf)) return "withdrawn";
  if (state.end !== null) return "over";
  if (rank === null) return "joined";
  return isPassedOver(state, rank) ? "passed_over" : "waiting";
}

import type { BuyerId, SaleId } from "../ids.ts";
import type { BuyerEntry } from "./entries.dynamo.ts";
import type { Joins } from "./joins.dynamo.ts";
import type { LineFiles } from "./line-files.dynamo.ts";
import type { LineLogs } from "./line-log.dynamo.ts";
import { type LineState, openList, readListOf } from "./line-state.ts";
import { receiptOf } from "./ticket.ts";
import { hasLeft } from "./withdrawn.ts";

/** The guardian adds a line a second, and others may leave. */
const ATTEMPTS = 10;

export type LeaveDependencies = {
  readonly joins: Pick<Joins, "ofBuyer" | "remove">;
  readonly logs: Pick<LineLogs, "read" | "append">;
  readonly files: Pick<LineFiles, "hasLeaf">;
  readonly nowMs: () => number;
};

/**
 * Takes a buyer out of the line: out of the open list without a trace; from a list that has closed by a line of the log, since
 * nothing is moved after closing. So too where the line has ended, for it may go on. An entry that came too late to be read stands
 * in no list, and the log says nothing of it. Safe to repeat.
 *
 * @returns whether there was an entry to leave with.
 */
export async function leaveLine(
  { joins, logs, files, nowMs }: LeaveDependencies,
  saleId: SaleId,
  buyerId: BuyerId,
): Promise<boolean> {
  let state = await logs.read(saleId);
  const entries = await joins.ofBuyer(saleId, buyerId, openList(state));
  for (const entry of entries) {
    if (entry.list === openList(state)) await joins.remove(saleId, entry.list, buyerId);
    else if (await mayStand(files, saleId, entry, state))
      state = await withdraw(logs, saleId, entry, state, nowMs);
  }
  return entries.length > 0;
}

/** Whether an entry of a list that has closed is in it, or in what will be read of it. */
async function mayStand(
  files: LeaveDependencies["files"],
  saleId: SaleId,
  entry: BuyerEntry,
  state: LineState,
): Promise<boolean> {
  const list = readListOf(state, entry.list);
  return list === null || files.hasLeaf(saleId, list, receiptOf(saleId, entry).leaf);
}

async function withdraw(
  logs: LeaveDependencies["logs"],
  saleId: SaleId,
  entry: BuyerEntry,
  known: LineState,
  nowMs: () => number,
): Promise<LineState> {
  const { leaf } = receiptOf(saleId, entry);
  let state = known;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (hasLeft(state.withdrawn, leaf)) return state;
    const news = { kind: "withdrawn", list: entry.list, leaf } as const;
    const next = await logs.append(saleId, state, news, nowMs());
    if (next) return next;
    state = await logs.read(saleId, state);
  }
  throw new Error(`the log of ${saleId} moved on ${ATTEMPTS} times`);
}

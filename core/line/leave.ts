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

/** `unread`: a list of theirs has closed and was not read yet. It was not left: nobody knows who stands in it. */
export type LeaveReply = "left" | "no_entry" | "unread";

/**
 * Takes a buyer out of the line: out of the open list without a trace; from a list that has closed by a line of the log, since
 * nothing is moved after closing. So too where the line has ended, for it may go on. An entry that came too late to be read stands
 * in no list, and the log says nothing of it. Safe to repeat.
 *
 * Nobody leaves a list between its closing and its root. What another device of the buyer takes out just then is not read, and a
 * line of the log about a leaf that stands in no list would make the whole line look forged, for ever.
 */
export async function leaveLine(
  { joins, logs, files, nowMs }: LeaveDependencies,
  saleId: SaleId,
  buyerId: BuyerId,
): Promise<LeaveReply> {
  let state = await logs.read(saleId);
  const entries = await joins.ofBuyer(saleId, buyerId, openList(state));
  let reply: LeaveReply = entries.length > 0 ? "left" : "no_entry";
  for (const entry of entries) {
    const list = readListOf(state, entry.list);
    if (entry.list === openList(state)) await joins.remove(saleId, entry);
    else if (list === null) reply = "unread";
    else if (await files.hasLeaf(saleId, list, receiptOf(saleId, entry).leaf))
      state = await withdraw(logs, saleId, entry, state, nowMs);
  }
  return reply;
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

import type { Kysely } from "kysely";
import { faultPoint } from "../../fault-point.ts";
import type { SaleId } from "../../ids.ts";
import { closeList, lanesOf, listedEntry, rootOfList } from "../../line/closed-list.ts";
import { isClosingDue, keyToMake, listToRead } from "../../line/due-lists.ts";
import type { Joins } from "../../line/joins.dynamo.ts";
import { changedRules } from "../../line/line-rules.ts";
import type { LineFiles } from "../../line/line-files.dynamo.ts";
import type { Results } from "../../line/results.dynamo.ts";
import { openList } from "../../line/line-state.ts";
import { keyOf } from "../../line/lot.ts";
import { roundAtMs, roundOf } from "../../line/round.ts";
import type { Database } from "../../postgres/database.ts";
import { lockSale } from "../../sale/sales.postgres.ts";
import type { LineWriter } from "./line-writer.ts";

/** Where signatures of rounds come from: others fetch them, and have verified what is kept. */
export type BeaconPort = {
  readonly need: (round: number) => Promise<void>;
  readonly signature: (round: number) => Promise<string | null>;
  /** Says that rounds may be needed at any moment until then. */
  readonly watchUntil: (untilMs: number) => Promise<void>;
};

export type ListDependencies = {
  readonly db: Kysely<Database>;
  readonly joins: Pick<Joins, "hasEntries" | "ofList" | "sealLanes">;
  readonly files: Pick<LineFiles, "putList">;
  readonly beacon: BeaconPort;
  readonly results: Pick<Results, "owe">;
};

/**
 * Closes, reads and draws the lists that are due. Each step is a line of the log, so whoever comes after a crash finds what is
 * done. What is read of a list lies in its pages before its root is in the log, and counts from then on.
 *
 * @param closingsSeen when this guardian saw in the log that a list had closed, for those that have no root yet.
 */
export async function advanceLists(
  deps: ListDependencies,
  saleId: SaleId,
  writer: LineWriter,
  closingsSeen: Map<number, number>,
): Promise<void> {
  await closeOpenList(deps, saleId, writer);
  noteClosings(writer, closingsSeen);
  await readClosedList(deps, saleId, writer, closingsSeen);
  await makeKey(deps, saleId, writer);
}

/** From closing a list to its round, and then some. */
const WATCH_MS = 5 * 60_000;

async function closeOpenList(deps: ListDependencies, saleId: SaleId, writer: LineWriter): Promise<void> {
  if (!isClosingDue(writer.state(), writer.nowMs())) return;
  const list = openList(writer.state());
  if (list > 0 && !(await deps.joins.hasEntries(saleId, list))) return;
  const isClosed = list === 0 ? await closeFirst(deps, saleId, writer) : await close(deps, saleId, writer);
  if (!isClosed) return;
  await faultPoint("line_after_closing");
  await deps.beacon.watchUntil(writer.nowMs() + WATCH_MS);
}

async function close({ joins }: Pick<ListDependencies, "joins">, saleId: SaleId, writer: LineWriter) {
  const list = openList(writer.state());
  // Before the closing is in the log: from that line on nobody changes a lane.
  await joins.sealLanes(saleId, list);
  await writer.add({ kind: "closing", list });
  return true;
}

/**
 * Closes list 0 under the row's lock, under which a change of the sale looks whether it has closed: from then on the log's rules stay, so
 * they must be those of the sale as it is.
 *
 * @returns whether it has closed. It has not where the sale was changed meanwhile, and its list closes later now.
 */
function closeFirst(deps: ListDependencies, saleId: SaleId, writer: LineWriter): Promise<boolean> {
  return deps.db.transaction().execute(async (trx) => {
    const sale = await lockSale(trx, saleId);
    const changed = sale && changedRules(writer.state(), sale);
    if (changed) await writer.add(changed);
    return isClosingDue(writer.state(), writer.nowMs()) && close(deps, saleId, writer);
  });
}

function noteClosings(writer: LineWriter, closingsSeen: Map<number, number>): void {
  const nowMs = writer.nowMs();
  for (const { list, root } of writer.state().lists)
    if (root) closingsSeen.delete(list);
    else if (!closingsSeen.has(list)) closingsSeen.set(list, nowMs);
}

async function readClosedList(
  deps: ListDependencies,
  saleId: SaleId,
  writer: LineWriter,
  closingsSeen: ReadonlyMap<number, number>,
): Promise<void> {
  const list = listToRead(writer.state(), writer.nowMs(), closingsSeen);
  const { rules } = writer.state();
  if (list === null || !rules) return;
  const closed = closeList(saleId, list, (await deps.joins.ofList(saleId, list)).map(listedEntry));
  const root = rootOfList(closed);
  await deps.files.putList(closed, root);
  await faultPoint("line_after_pages");
  const round = roundOf(rules, Math.max(writer.nowMs(), writer.state().atMs), rules.chain);
  await writer.add({ kind: "root", list, ...lanesOf(closed), root, round });
  await faultPoint("line_after_root");
}

async function makeKey(
  { beacon, results }: ListDependencies,
  saleId: SaleId,
  writer: LineWriter,
): Promise<void> {
  const due = keyToMake(writer.state());
  const { rules, lists } = writer.state();
  if (!due || !rules) return;
  const { list, round } = due;
  // By the log's own clock, which may be behind the beacon's: no key is older than its round.
  if (writer.nowMs() < roundAtMs(round, rules.chain)) return beacon.need(round);
  const signature = await beacon.signature(round);
  // Said again in each look: whoever died after the root had not said it.
  if (signature === null) return beacon.need(round);
  // Before the key: whoever dies after it has said that the entrants are to be told. Others do it, and nothing waits for them.
  if (rules.mode === "draw") await results.owe(saleId);
  const root = lists[list]!.root!.root;
  const key = keyOf({ saleId, list, root, chainHash: rules.chain.hash, round, signature });
  await writer.add({ kind: "key", list, round, signature, key });
  await faultPoint("line_after_key");
}

import { type Clock, startStopwatch } from "../../clock.ts";
import { lineModeOf } from "../../contract/sale-mode.ts";
import { faultPoint } from "../../fault-point.ts";
import type { SaleId } from "../../ids.ts";
import type { LineFiles } from "../../line/line-files.dynamo.ts";
import type { LineLogs } from "../../line/line-log.dynamo.ts";
import { type LineState, noLine } from "../../line/line-state.ts";
import { listOfRank } from "../../line/lot.ts";
import { type RankedList, rankList } from "../../line/ranked-list.ts";
import { admit, type AdmitDependencies } from "../line/admit.ts";
import { beginReturns, type BeginReturnsDependencies } from "../line/begin-returns.ts";
import { advanceLists, type ListDependencies } from "../line/advance-lists.ts";
import { lineWriter, type LineWriter, Overtaken } from "../line/line-writer.ts";
import { openLine, type OpenLineDependencies } from "../line/open-line.ts";
import { tellGate, type TellDependencies } from "../line/tell-gate.ts";
import { createThrottle } from "../throttle.ts";
import type { Duty, Look } from "./duty.ts";

export type LineDependencies = TellDependencies &
  OpenLineDependencies &
  BeginReturnsDependencies &
  AdmitDependencies &
  ListDependencies & {
    readonly logs: Pick<LineLogs, "read" | "append" | "texts">;
    readonly files: Pick<LineFiles, "putList" | "readList">;
    readonly clock: Clock;
  };

const WATCH_EVERY_MS = 60_000;

/**
 * Keeps the line of a sale: opens its log, closes and draws its lists, tells the gate of the steps, and lets people in.
 *
 * Everything it does is a line of the log, put once behind the line that was read: of two guardians one is first, and the other
 * looks again. What it remembers can be read anew from the log and the public files.
 */
export function lineDuty(deps: LineDependencies): Duty {
  let known = noLine;
  const ranked = new Map<number, RankedList>();
  const closingsSeen = new Map<number, number>();
  const mayWatch = createThrottle(deps.clock, WATCH_EVERY_MS);

  return async (look) => {
    const { sale, view } = look;
    await beginReturns(deps, look);
    // Until the gate asks for a turn, whoever comes first may buy: no line is begun before that.
    if (lineModeOf(sale.mode) === null || (sale.mode.kind === "open" && view.mode.kind !== "returns"))
      return "next";
    const sinceViewMs = startStopwatch(deps.clock);
    known = await deps.logs.read(sale.saleId, known);
    const nowMs = () => view.nowMs + Math.floor(sinceViewMs());
    const writer = lineWriter(deps.logs, sale.saleId, known, nowMs);
    try {
      await tend(deps, look, writer, { ranked, closingsSeen, mayWatch });
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    } finally {
      known = writer.state();
    }
    return "next";
  };
}

/** What a guardian remembers of a line between its looks. */
type Memory = {
  readonly ranked: Map<number, RankedList>;
  readonly closingsSeen: Map<number, number>;
  readonly mayWatch: (saleId: SaleId) => boolean;
};

async function tend(
  deps: LineDependencies,
  look: Look,
  writer: LineWriter,
  { ranked, closingsSeen, mayWatch }: Memory,
): Promise<void> {
  const { sale } = look;
  if (!(await openLine(deps, sale, writer))) return;
  // Before the lists: reading a long one takes a while, and turns must not wait for it.
  const told = { ...look, saleId: sale.saleId, nowMs: writer.nowMs() };
  const tended = await tellGate(deps, told, writer.state());
  if (writer.state().steps.length > 0) await faultPoint("line_after_telling");
  if (tended.kind === "tended")
    await admit(
      look,
      writer,
      tended,
      (list) => rankedList(deps, sale.saleId, writer.state(), list, ranked),
      deps,
    );
  await advanceLists(deps, sale.saleId, writer, closingsSeen);
  if (mayWatch(sale.saleId)) await watchTurns(deps, writer);
}

/** While people wait, a turn may begin at any moment: whoever tells them by mail looks each few seconds. */
async function watchTurns(
  { turnMails }: Pick<LineDependencies, "turnMails">,
  writer: LineWriter,
): Promise<void> {
  const { lists, end } = writer.state();
  if (lists.length > 0 && end === null) await turnMails.watchUntil(writer.nowMs() + 2 * WATCH_EVERY_MS);
}

/** A list in its order, from its public pages; those behind the line are forgotten. */
async function rankedList(
  { files }: Pick<LineDependencies, "files">,
  saleId: SaleId,
  state: LineState,
  list: number,
  ranked: Map<number, RankedList>,
): Promise<RankedList | null> {
  for (const old of ranked.keys()) if (state.upTo !== "" && old < listOfRank(state.upTo)) ranked.delete(old);
  const { root, key } = state.lists[list] ?? {};
  if (!root || !key) return null;
  const present = ranked.get(list);
  if (present) return present;
  const closed = await files.readList(saleId, { list, root: root.root });
  if (!closed) throw new Error(`list ${list} of ${saleId} has a root and no pages`);
  const made = rankList(closed, key.key);
  ranked.set(list, made);
  return made;
}

import type { SaleId } from "../../ids.ts";
import type { LineLogs } from "../../line/line-log.dynamo.ts";
import type { LineState } from "../../line/line-state.ts";
import type { News } from "../../line/log-line.ts";

/** Thrown when somebody else has added a line: whoever is second looks again, from the beginning. */
export class Overtaken extends Error {}

export type LineWriter = ReturnType<typeof lineWriter>;

/** Adds lines to a log, one behind another, each by who has read all before it. */
export function lineWriter(
  logs: Pick<LineLogs, "append">,
  saleId: SaleId,
  known: LineState,
  nowMs: () => number,
) {
  let state = known;
  return {
    state: (): LineState => state,
    nowMs,
    /** @throws Overtaken, or LogBroken, and then nothing was added. */
    async add(news: News): Promise<void> {
      const next = await logs.append(saleId, state, news, nowMs());
      if (!next) throw new Overtaken(`the log of ${saleId} has another line ${state.lines}`);
      state = next;
    },
  };
}

import type { SaleId } from "../../ids.ts";
import type { LineLogs } from "../../line/line-log.dynamo.ts";
import type { LineState } from "../../line/line-state.ts";
import { type News, parseLine } from "../../line/log-line.ts";
import { readLines } from "../../line/read-log.ts";

/** Thrown when somebody else has added a line: whoever is second looks again, from the beginning. */
export class Overtaken extends Error {}

/** So many lines of people who leave may come between before the next look goes on. */
const MOST_ATTEMPTS = 50;

export type LineWriter = ReturnType<typeof lineWriter>;

/**
 * Adds lines to a log, one behind another, each by who has read all before it. People who leave move nobody, and may be many: a line
 * that only they have come before is added behind them. A draw's steps are not, since whoever has left wins nothing.
 */
export function lineWriter(
  logs: Pick<LineLogs, "append" | "texts">,
  saleId: SaleId,
  known: LineState,
  nowMs: () => number,
) {
  let state = known;

  /** Whether nothing has come between but people who left; they are read then. */
  async function readLeavers(): Promise<boolean> {
    const texts = await logs.texts(saleId, state.lines);
    if (!texts.every((text) => parseLine(text).kind === "withdrawn")) return false;
    state = readLines(saleId, state, texts);
    return true;
  }

  return {
    state: (): LineState => state,
    nowMs,
    /**
     * @param made what the line says, for when it is written: a look takes seconds, and a line with an instant in it must not be of before.
     * @throws Overtaken, or LogBroken, and then nothing was added.
     */
    async add(made: News | ((state: LineState) => News)): Promise<void> {
      for (let attempt = 1; ; attempt++) {
        const news = typeof made === "function" ? made(state) : made;
        const mayFollowLeavers = news.kind !== "step" || state.rules?.mode !== "draw";
        const next = await logs.append(saleId, state, news, nowMs());
        if (next) {
          state = next;
          return;
        }
        const goesOn = mayFollowLeavers && attempt < MOST_ATTEMPTS && (await readLeavers());
        if (!goesOn) throw new Overtaken(`the log of ${saleId} has another line ${state.lines}`);
      }
    },
  };
}

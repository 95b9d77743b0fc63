import type { SaleId } from "../ids.ts";
import { brokenLaw } from "./check-line.ts";
import { afterLine, type LineState } from "./line-state.ts";
import { hashOfLine, type News, parseLine, writeLine } from "./log-line.ts";

/** Thrown when a log breaks a law: somebody must look, and nothing goes on. */
export class LogBroken extends Error {}

/** The state after more lines of the log, each checked. @throws LogBroken. */
export function readLines(saleId: SaleId, state: LineState, texts: readonly string[]): LineState {
  return texts.reduce((before, text) => {
    const line = parseLine(text);
    const broken = brokenLaw(saleId, before, line);
    if (broken !== null) throw new LogBroken(`line ${line.n} of ${saleId}: ${broken}`);
    return afterLine(before, line, hashOfLine(text));
  }, state);
}

/** The next line for a log, and the state after it. @throws LogBroken when it may not follow. */
export function nextLine(saleId: SaleId, state: LineState, news: News, nowMs: number) {
  const text = writeLine(state, news, nowMs);
  return { text, state: readLines(saleId, state, [text]) };
}

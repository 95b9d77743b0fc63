import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { MemorySample, MemoryVerdict } from "./memory.ts";
import type { OutcomeRow, Second } from "./summarize.ts";
import type { Surroundings } from "./surroundings.ts";

export type JudgedSale = {
  readonly saleId: string;
  readonly isEqual: boolean;
  /** The verdict by exact counts, as it is printed. */
  readonly verdict: string;
};

export type Report = Surroundings & {
  readonly scenario: string;
  /** What the scenario does, in a sentence. */
  readonly summary: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly target: string;
  readonly settings: Readonly<Record<string, number>>;
  /** True: all is equal, and what must be flat was. */
  readonly isEqual: boolean;
  readonly sales: readonly JudgedSale[];
  readonly outcomes: readonly OutcomeRow[];
  readonly timeline: readonly Second[];
  readonly memory: readonly MemorySample[];
  readonly memoryVerdict: readonly MemoryVerdict[];
  /** What is to be said of the memory: that it grew, or was not seen. */
  readonly memorySays: string | null;
};

const templateFile = join(import.meta.dirname, "report-page.html");

/** Writes a report into a folder as JSON, and as one HTML page that needs nothing else; answers the page's path. */
export function writeReport(folder: string, report: Report): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "report.json"), JSON.stringify(report, null, 2));
  const page = join(folder, "report.html");
  writeFileSync(page, reportPage(report));
  return page;
}

/** The page, with its data, its charts' library and that library's styles in it. */
export function reportPage(report: Report): string {
  const uplot = dirname(createRequire(import.meta.url).resolve("uplot/package.json"));
  const parts: Readonly<Record<string, string>> = {
    "{{title}}": `${report.scenario} · ${report.isEqual ? "EQUAL" : "NOT EQUAL"}`,
    "/* uplot.css */": readFileSync(join(uplot, "dist", "uPlot.min.css"), "utf8"),
    "/* uplot.js */": readFileSync(join(uplot, "dist", "uPlot.iife.min.js"), "utf8"),
    // No text in it may end the element that it stands in.
    '"{{report}}"': JSON.stringify(report).replaceAll("<", "\\u003c"),
  };
  return Object.entries(parts).reduce(
    (page, [mark, text]) => page.replace(mark, () => text),
    readFileSync(templateFile, "utf8"),
  );
}

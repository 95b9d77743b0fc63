import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Surroundings } from "../report/surroundings.ts";
import type { LaunchResult } from "./judge-sale.ts";
import { reportPage } from "./report-page.ts";
import type { CrowdSize } from "./start-launch.ts";

export type FairnessReport = {
  readonly surroundings: Surroundings;
  readonly size: CrowdSize;
  readonly startedAt: string;
  readonly seconds: number;
  readonly isFair: boolean;
  /** Where defences gain honest people too little, each in a sentence. */
  readonly tooLittle: readonly string[];
  readonly results: readonly LaunchResult[];
};

/** Writes a report into a folder as JSON, and as one HTML page that needs nothing else; answers the page's path. */
export function writeReport(folder: string, report: FairnessReport): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "report.json"), JSON.stringify(report, null, 2));
  const page = join(folder, "report.html");
  writeFileSync(page, reportPage(report));
  return page;
}

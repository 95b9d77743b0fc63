// `npm run load`: one of Artillery's scenarios against a running API, the verdict by exact counts, and a report. Exit code 1
// if anything differs.
import { LocalError } from "../../local/local-error.ts";
import { progress } from "../../local/start/progress.ts";
import { writeReport } from "../report/report.ts";
import { runningCloud } from "../running-cloud.ts";
import { helpText, type LoadFlags, parseFlags } from "./parse-flags.ts";
import { folderOf, runScenario } from "./run-scenario.ts";

/** Answers whether all is equal. */
async function load(flags: LoadFlags): Promise<boolean> {
  const cloud = await runningCloud(flags.url, flags.dataDir);
  const folder = folderOf(flags.scenario, Date.now());
  const report = await runScenario(cloud, flags, folder);
  const page = writeReport(folder, report);
  console.log(`\n${report.sales.map(({ verdict }) => verdict).join("\n\n")}\n`);
  for (const { name } of report.memoryVerdict.filter(({ isFlat }) => !isFlat && flags.scenario === "soak"))
    console.log(`NOT FLAT: the memory of ${name} grew; see the report.`);
  progress(`Report: ${page}`);
  return report.isEqual;
}

try {
  const flags = parseFlags(process.argv.slice(2));
  if (flags.wantsHelp) console.log(helpText);
  process.exit(flags.wantsHelp || (await load(flags)) ? 0 : 1);
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exit(1);
}

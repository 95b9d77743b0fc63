// `npm run load`: one of Artillery's scenarios against a running API, the verdict by exact counts, and a report. Exit code 1
// if anything differs.
import { LocalError } from "../../local/local-error.ts";
import { progress } from "../../local/start/progress.ts";
import { writeReport } from "../report/report.ts";
import { runningCloud } from "../running-cloud.ts";
import { localTarget } from "../target/local-target.ts";
import { stageSessions } from "../target/stage-sessions.ts";
import { stageTarget } from "../target/stage-target.ts";
import type { LoadTarget } from "../target/target.ts";
import { helpText, type LoadFlags, parseFlags } from "./parse-flags.ts";
import { folderOf, runScenario } from "./run-scenario.ts";

/** Answers whether all is equal. */
async function load(flags: LoadFlags): Promise<boolean> {
  const target = await targetOf(flags);
  const folder = folderOf(flags.scenario, Date.now());
  const report = await runScenario(target, flags, folder);
  const page = writeReport(folder, report);
  console.log(`\n${report.sales.map(({ verdict }) => verdict).join("\n\n")}\n`);
  if (report.memorySays !== null) console.log(`${report.memorySays}\n`);
  progress(`Report: ${page}`);
  return report.isEqual;
}

/** A stage is served over TLS, and this machine's API is not. */
async function targetOf({ url, dataDir }: LoadFlags): Promise<LoadTarget> {
  if (!url.startsWith("https:")) return localTarget(await runningCloud(url, dataDir), dataDir);
  const { operatorToken, sessions } = await stageSessions(url);
  return stageTarget(new URL(url).origin, operatorToken, sessions);
}

try {
  const flags = parseFlags(process.argv.slice(2));
  if (flags.wantsHelp) console.log(helpText);
  process.exit(flags.wantsHelp || (await load(flags)) ? 0 : 1);
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exit(1);
}

// `npm run fairness`: launches among bots, and what honest people get. Exit code 1 if it is not fair, or an order differs.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LocalError } from "../../local/local-error.ts";
import { stopRequested } from "../../local/start/stop-requested.ts";
import { progress } from "../../local/start/progress.ts";
import { startFaultCloud } from "../faults/fault-cloud.ts";
import { surroundings } from "../report/surroundings.ts";
import { formatTable } from "./format-table.ts";
import { judgeGain } from "./judge-launch.ts";
import type { LaunchResult } from "./judge-sale.ts";
import { launchGroups, type LaunchPlan } from "./launch-plan.ts";
import { type FairnessFlags, helpText, parseFlags } from "./parse-flags.ts";
import { writeReport } from "./report.ts";
import { rehearse } from "./rehearse.ts";
import { runGroup } from "./run-group.ts";

const STOPPED = 130;

/** Answers with which exit code to end: 0 if all launches were fair. What was launched until it is stopped, or breaks, is told all the same. */
async function fairness(flags: FairnessFlags): Promise<number> {
  const { size } = flags;
  const startedAt = new Date();
  const folder = join(".local", "fairness", startedAt.toISOString().replaceAll(/[:.]/g, "-"));
  mkdirSync(folder, { recursive: true });
  progress(`${size.people} people at each launch, ${size.units} units, seed ${size.seed}`);
  const results: LaunchResult[] = [];
  const cloud = await startFaultCloud(join(folder, "workers.log"), false, ["beacon"], true);
  const tell = (isWhole: boolean) => tellResults(folder, { size, startedAt, results, isWhole });
  const isStopped = stopRequested().then(() => STOPPED);
  try {
    const groups = launchGroups.map((group) => group.filter((plan) => isWanted(flags, plan)));
    const launchAll = async (): Promise<number> => {
      for (const plans of groups.filter(({ length }) => length > 0)) {
        results.push(...(await runGroup(cloud, plans, { size, folder, onProgress: progress })));
        writeResults(folder, { size, startedAt, results });
      }
      return tell(true) ? 0 : 1;
    };
    const code = await Promise.race([launchAll(), isStopped]);
    if (code === STOPPED) tell(false);
    return code;
  } catch (error) {
    tell(false);
    throw error;
  } finally {
    await cloud.stop();
  }
}

type FairnessRun = {
  readonly size: FairnessFlags["size"];
  readonly startedAt: Date;
  readonly results: readonly LaunchResult[];
};

/** Answers whether all were fair, and where it is written. */
function writeResults(folder: string, { size, startedAt, results }: FairnessRun) {
  const tooLittle = judgeGain(results);
  const isFair = tooLittle.length === 0 && results.every(({ wrong }) => wrong.length === 0);
  const seconds = (Date.now() - startedAt.getTime()) / 1_000;
  const page = writeReport(folder, {
    surroundings: surroundings(),
    size,
    startedAt: startedAt.toISOString(),
    seconds,
    isFair,
    tooLittle,
    results,
  });
  return { isFair, tooLittle, page };
}

function tellResults(folder: string, run: FairnessRun & { readonly isWhole: boolean }): boolean {
  const { isFair, tooLittle, page } = writeResults(folder, run);
  const verdict = isFair ? "FAIR" : "NOT FAIR";
  const conclusion = run.isWhole ? verdict : `NOT ALL WAS LAUNCHED; of what was: ${verdict}`;
  console.log(`\n${formatTable(run.results, tooLittle)}\n\n${conclusion}; report in ${page}`);
  return isFair;
}

const isWanted = (
  { modes, defences, hasBreakages }: FairnessFlags,
  { mode, hasDefences, breakage }: LaunchPlan,
): boolean =>
  modes.includes(mode) &&
  (defences === "both" || hasDefences === (defences === "on")) &&
  (hasBreakages || breakage === null);

try {
  const flags = parseFlags(process.argv.slice(2));
  if (flags.wantsHelp) console.log(helpText);
  const run = async () =>
    flags.rehearsal ? ((await rehearse(flags.rehearsal, progress)) ? 0 : 1) : fairness(flags);
  process.exit(flags.wantsHelp ? 0 : await run());
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exit(1);
}

// `npm run fairness`: launches among bots, and what honest people get. Exit code 1 if it is not fair, or an order differs.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LocalError } from "../../local/local-error.ts";
import { progress } from "../../local/start/progress.ts";
import { startFaultCloud } from "../faults/fault-cloud.ts";
import { surroundings } from "../report/surroundings.ts";
import { formatTable } from "./format-table.ts";
import type { LaunchResult } from "./judge-sale.ts";
import { launchGroups, type LaunchPlan } from "./launch-plan.ts";
import { type FairnessFlags, helpText, parseFlags } from "./parse-flags.ts";
import { writeReport } from "./report.ts";
import { rehearse } from "./rehearse.ts";
import { runGroup } from "./run-group.ts";

/** Answers whether all launches were fair. */
async function fairness(flags: FairnessFlags): Promise<boolean> {
  const { size } = flags;
  const startedAt = new Date();
  const folder = join(".local", "fairness", startedAt.toISOString().replaceAll(/[:.]/g, "-"));
  mkdirSync(folder, { recursive: true });
  progress(`${size.people} people at each launch, ${size.units} units, seed ${size.seed}`);
  const results: LaunchResult[] = [];
  const cloud = await startFaultCloud(join(folder, "workers.log"), false, ["beacon"]);
  try {
    const groups = launchGroups.map((group) => group.filter((plan) => isWanted(flags, plan)));
    for (const plans of groups.filter(({ length }) => length > 0))
      results.push(...(await runGroup(cloud, plans, { size, folder, onProgress: progress })));
  } finally {
    await cloud.stop();
  }
  const isFair = results.every(({ wrong }) => wrong.length === 0);
  const seconds = (Date.now() - startedAt.getTime()) / 1_000;
  const page = writeReport(folder, {
    surroundings: surroundings(),
    size,
    startedAt: startedAt.toISOString(),
    seconds,
    isFair,
    results,
  });
  console.log(`\n${formatTable(results)}\n\n${isFair ? "FAIR" : "NOT FAIR"}; report in ${page}`);
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
  const run = () => (flags.rehearsal ? rehearse(flags.rehearsal, progress) : fairness(flags));
  process.exit(flags.wantsHelp || (await run()) ? 0 : 1);
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exit(1);
}

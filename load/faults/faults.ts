// `npm run faults`: every fault of the design, each under live traffic, each judged by exact counts. Exit 1 on any miss.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LocalError } from "../../local/local-error.ts";
import { progress } from "../../local/start/progress.ts";
import { planChaos } from "./chaos/plan-chaos.ts";
import { runChaos } from "./chaos/run-chaos.ts";
import { startFaultCloud } from "./fault-cloud.ts";
import { nameOf, runsOf } from "./fault.ts";
import { formatTable } from "./format-table.ts";
import { measure } from "./measure/measure.ts";
import { catalogueOf, type FaultFlags, helpText, parseFlags } from "./parse-flags.ts";
import type { FaultResult } from "./run-fault.ts";
import { runMatrix } from "./run-matrix.ts";

const FOLDER = ".local/faults";

const tellResult = ({ run, violations }: FaultResult) =>
  progress(`${nameOf(run)}: ${violations.length === 0 ? "equal" : `NOT EQUAL: ${violations[0]?.finding}`}`);
const tellStep = ({ fault }: { readonly fault: string }) => progress(fault);

async function matrix(flags: FaultFlags, historyFolder: string): Promise<boolean> {
  const { only, limit, clouds, hasCluster } = flags;
  const chosen = catalogueOf(hasCluster)
    .filter(({ name }) => only.length === 0 || only.includes(name))
    .flatMap((fault) => runsOf(fault))
    .filter(({ purchaseLimit }) => limit === null || purchaseLimit === limit);
  progress(`${chosen.length} runs; history in ${historyFolder}`);
  const results = await runMatrix(chosen, { clouds, hasCluster, historyFolder, onResult: tellResult });
  console.log(`\n${formatTable(results)}\n`);
  const isGood = results.every(({ violations }) => violations.length === 0);
  return only.length > 0 || limit !== null || hasCluster ? isGood : (await measured(historyFolder)) && isGood;
}

async function chaos({ seed, seconds }: FaultFlags, historyFolder: string): Promise<boolean> {
  const plan = planChaos(seed, seconds);
  console.log(`Plan of seed ${seed}, ${seconds} s:`);
  for (const { atMs, fault } of plan) console.log(`  ${(atMs / 1000).toFixed(1).padStart(6)} s  ${fault}`);
  const cloud = await startFaultCloud(join(historyFolder, "workers-chaos.log"));
  try {
    const results = await runChaos(cloud, { plan, seconds, historyFolder, onStep: tellStep });
    console.log(`\n${formatTable(results)}`);
    return results.every(({ violations }) => violations.length === 0);
  } finally {
    await cloud.stop();
  }
}

/** Whether healing is as quick as the design promises. */
async function measured(historyFolder: string): Promise<boolean> {
  const times = await measure(historyFolder);
  for (const { name, ms, limitMs } of times)
    console.log(`${name}: ${ms} ms (${ms < limitMs ? "within" : "OVER"} ${limitMs} ms)`);
  return times.every(({ ms, limitMs }) => ms < limitMs);
}

/** The longest name of a fault, and two spaces. */
const NAME_COLUMNS = 39;

async function runMode(flags: FaultFlags): Promise<boolean> {
  const historyFolder = join(FOLDER, new Date().toISOString().replaceAll(":", "-"));
  switch (flags.mode) {
    case "help":
      console.log(helpText);
      return true;
    case "list":
      for (const { name, limits = [1], line } of catalogueOf(flags.hasCluster))
        console.log(`${name.padEnd(NAME_COLUMNS)}${limits.join(" and ").padEnd(9)}${line}`);
      return true;
    case "matrix":
    case "chaos":
    case "measure":
      mkdirSync(historyFolder, { recursive: true });
      return { matrix, chaos, measure: () => measured(historyFolder) }[flags.mode](flags, historyFolder);
    default:
      return flags.mode satisfies never;
  }
}

try {
  process.exit((await runMode(parseFlags(process.argv.slice(2)))) ? 0 : 1);
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exit(1);
}

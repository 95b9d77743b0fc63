// `npm run bench`: the budgets, each a ratio measured in one run. Exit code 1 if one is missed.
import { parseArgs } from "node:util";
import { startCloud } from "../../local/cloud.ts";
import { LocalError } from "../../local/local-error.ts";
import { progress } from "../../local/start/progress.ts";
import { benchAccepted } from "./accepted-bench.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import { benchBundle } from "./bundle-bench.ts";
import { benchCalls } from "./calls-bench.ts";
import { benchConsumer } from "./consumer-bench.ts";
import { benchCpu } from "./cpu-bench.ts";
import { benchFlood } from "./flood-bench.ts";
import { benchGate } from "./gate-bench.ts";
import { benchGuardian } from "./guardian-bench.ts";
import { benchLarge } from "./large-bench.ts";
import { benchList } from "./list-bench.ts";
import { benchLooks } from "./looks-bench.ts";
import { benchLine } from "./line-bench.ts";
import { benchJoin } from "./join-bench.ts";
import { benchTurn } from "./turn-bench.ts";
import { benchWaiting } from "./waiting-bench.ts";
import { formatTable } from "./format-table.ts";
import type { Measurement } from "./measurement.ts";
import { benchMemory } from "./memory-bench.ts";
import { benchPrice } from "./price-bench.ts";
import { benchSizes, recordSizes } from "./sizes-bench.ts";

const benches = {
  guardian: benchGuardian,
  gate: benchGate,
  calls: benchCalls,
  cpu: benchCpu,
  flood: benchFlood,
  accepted: benchAccepted,
  large: benchLarge,
  looks: benchLooks,
  list: benchList,
  consumer: benchConsumer,
  memory: benchMemory,
  line: benchLine,
  join: benchJoin,
  turn: benchTurn,
  waiting: benchWaiting,
  bundle: benchBundle,
  price: benchPrice,
  sizes: benchSizes,
} as const satisfies Record<string, (cloud: BenchCloud) => Promise<Measurement[]>>;
type Name = keyof typeof benches;

const helpText = `npm run bench -- [--only ${Object.keys(benches).join(",")}] [--record-sizes]

Measures the budgets, each as a ratio of two things in one run. Other work on this machine disturbs it.

  --record-sizes   measures every function's bundle and cold import instead, and writes what may not grow from now on
                   to load/bench/recorded-sizes.json`;

type Flags = { readonly names: readonly Name[]; readonly wantsHelp: boolean; readonly isToRecord: boolean };

function parseFlags(): Flags {
  const { values } = parseArgs({
    options: { only: { type: "string" }, help: { type: "boolean" }, "record-sizes": { type: "boolean" } },
  });
  const known = Object.keys(benches) as Name[];
  const names = values.only?.split(",") ?? known;
  const unknown = names.find((name) => !known.includes(name as Name));
  if (unknown !== undefined)
    throw new LocalError(`There is no bench "${unknown}": use some of ${known.join(",")}.`);
  const [wantsHelp, isToRecord] = [values.help === true, values["record-sizes"] === true];
  return { names: names as Name[], wantsHelp, isToRecord };
}

/** Answers whether every budget is met. */
async function bench({ names, isToRecord }: Flags): Promise<boolean> {
  const cloud = await startCloud({ trigger: false });
  try {
    if (isToRecord) {
      await recordSizes();
      return true;
    }
    const measurements: Measurement[] = [];
    for (const name of names) {
      progress(name);
      measurements.push(...(await benches[name](cloud)));
    }
    console.log(`\n${formatTable(measurements)}`);
    return measurements.every((measurement) => measurement.isMet);
  } finally {
    await cloud.stop();
  }
}

try {
  const flags = parseFlags();
  if (flags.wantsHelp) console.log(helpText);
  process.exit(flags.wantsHelp || (await bench(flags)) ? 0 : 1);
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exit(1);
}

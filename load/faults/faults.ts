// `npm run faults`: every fault of the design, each under live traffic, each judged by exact counts. Exit 1 on any miss.
import { join } from "node:path";
import { LocalError } from "../../local/local-error.ts";
import { progress } from "../../local/start/progress.ts";
import { catalogue } from "./catalogue/catalogue.ts";
import { formatTable } from "./format-table.ts";
import { type FaultFlags, helpText, parseFlags } from "./parse-flags.ts";
import { runMatrix } from "./run-matrix.ts";

const FOLDER = ".local/faults";

async function faults(flags: FaultFlags): Promise<boolean> {
  const historyFolder = join(FOLDER, new Date().toISOString().replaceAll(":", "-"));
  const chosen = catalogue.filter(({ name }) => flags.only.length === 0 || flags.only.includes(name));
  progress(`${chosen.length} faults; history in ${historyFolder}`);
  const results = await runMatrix(chosen, {
    clouds: flags.clouds,
    historyFolder,
    onResult: ({ fault, violations }) =>
      progress(`${fault.name}: ${violations.length === 0 ? "equal" : `NOT EQUAL: ${violations[0]?.says}`}`),
  });
  console.log(`\n${formatTable(results)}`);
  return results.every(({ violations }) => violations.length === 0);
}

try {
  const flags = parseFlags(process.argv.slice(2));
  if (flags.wantsHelp) console.log(helpText);
  else if (flags.wantsList) for (const { name, line } of catalogue) console.log(`${name.padEnd(36)}${line}`);
  process.exit(flags.wantsHelp || flags.wantsList || (await faults(flags)) ? 0 : 1);
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exit(1);
}

// `npm run load`: Artillery against the running local API, and the verdict by exact counts. Exit code 1 if anything differs.
import { LocalError } from "../../local/local-error.ts";
import { progress } from "../../local/start/progress.ts";
import { createSale } from "../create-sale.ts";
import { runningCloud } from "../running-cloud.ts";
import { awaitSettled } from "../verdict/await-settled.ts";
import { formatVerdict } from "../verdict/format-verdict.ts";
import { judge } from "../verdict/verdict.ts";
import { helpText, type LoadFlags, parseFlags } from "./parse-flags.ts";
import { runArtillery } from "./run-artillery.ts";

/** Answers whether all is equal. */
async function load(flags: LoadFlags): Promise<boolean> {
  const cloud = await runningCloud(flags.url, flags.dataDir);
  const saleId = await createSale(cloud.apiUrl, { name: "Artillery", allocated: flags.units });
  progress(`${flags.units} units in ${saleId}`);
  const log = await runArtillery(cloud.apiUrl, saleId, flags);
  const facts = await awaitSettled(cloud, saleId);
  progress("Queue drained, orders settled\n");
  const violations = judge(facts, log);
  console.log(formatVerdict(facts, log, violations));
  return violations.length === 0;
}

try {
  const flags = parseFlags(process.argv.slice(2));
  if (flags.wantsHelp) console.log(helpText);
  process.exit(flags.wantsHelp || (await load(flags)) ? 0 : 1);
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exit(1);
}

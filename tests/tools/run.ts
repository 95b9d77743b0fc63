// `npm test`: the static checks, then every test. Arguments go to vitest: `npm test -- core/gate`.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { runSteps, type Step } from "./run-steps.ts";
import { staticSteps } from "./static-steps.ts";

const REPORT = ".local/test-report.json";

type Report = { readonly numPassedTests: number; readonly numFailedTests: number };

/** Run by name: `npm test -- --project slow`. What they cost would make everybody wait for minutes. */
const NOT_SLOW = "--project=!slow";

function runTests(): number {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${REPORT}`];
  const flags = process.argv.slice(2);
  const isChosen = flags.some((flag) => flag.startsWith("--project"));
  const args = ["run", ...reporters, ...(isChosen ? [] : [NOT_SLOW]), ...flags];
  const { status } = spawnSync("vitest", args, { stdio: ["ignore", "inherit", "inherit"] });
  const report = JSON.parse(readFileSync(REPORT, "utf8")) as Report;
  console.log(`\n${report.numPassedTests} passed, ${report.numFailedTests} failed`);
  return status ?? 1;
}

/** Built once, before two projects would do so at the same time. */
const site: Step = { name: "site", command: [process.execPath, "local/site.ts"] };

const isSound = (await runSteps(staticSteps)) && (await runSteps([[site]]));
process.exit(isSound ? runTests() : 1);

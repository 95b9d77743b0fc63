// `npm test`: the static checks and every test. Arguments go to vitest: `npm test -- core/gate`.
import { existsSync, readFileSync, rmSync } from "node:fs";
import process from "node:process";
import { runSteps, type Step } from "./run-steps.ts";
import { productSteps, stackSteps } from "./static-steps.ts";

/** Built once, before several would do so at the same time. */
const site: Step = { name: "site", command: [process.execPath, "local/site.ts"] };

/** Their runs go beside that of all others: one waits for a deploy, the other runs a file at a time. */
const BESIDE = ["synthesis", "integration-cluster"] as const;

/** The slow ones are run by name, `npm test -- --project slow`: what they cost would make everybody wait for minutes. */
const NOT_AMONG_OTHERS = ["slow", ...BESIDE];

const reportOf = (name: string) => `.local/test-report-${name}.json`;

function testsOf(name: string, flags: readonly string[]): Step {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportOf(name)}`];
  return { name, command: ["vitest", "run", ...reporters, ...flags] };
}

/** Every test: the stacks and what lasts beside the rest, so that no processor waits. */
function allLanes(): Step[][] {
  const others = NOT_AMONG_OTHERS.map((project) => `--project=!${project}`);
  const beside = BESIDE.map((project) => testsOf(project, [`--project=${project}`, "--maxWorkers=2"]));
  return [
    [...productSteps, { ...testsOf("tests", others), isShown: true }],
    [...stackSteps, ...beside],
  ];
}

/** Those that the arguments choose. */
async function runChosen(flags: readonly string[]): Promise<boolean> {
  if (!(await runSteps([productSteps, stackSteps]))) return false;
  const isChosen = flags.some((flag) => flag.startsWith("--project"));
  const chosen = testsOf("tests", [...(isChosen ? [] : ["--project=!slow"]), ...flags]);
  return runSteps([[{ ...chosen, isShown: true }]]);
}

type Report = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
};

/** What failed in all of them once more, for it may stand far above. */
function printResult(): void {
  const paths = ["tests", ...BESIDE].map(reportOf).filter((path) => existsSync(path));
  const reports = paths.map((path) => JSON.parse(readFileSync(path, "utf8")) as Report);
  for (const { name, status, assertionResults } of reports.flatMap(({ testResults }) => testResults)) {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (status === "failed" || failed.length > 0) console.log(`FAILED ${name}`);
    for (const { fullName } of failed) console.log(`       ${fullName}`);
  }
  const sum = (name: "numPassedTests" | "numFailedTests") =>
    reports.reduce((total, report) => total + report[name], 0);
  console.log(`\n${sum("numPassedTests")} passed, ${sum("numFailedTests")} failed`);
}

const flags = process.argv.slice(2);
for (const name of ["tests", ...BESIDE]) rmSync(reportOf(name), { force: true });
const isGood =
  (await runSteps([[site]])) && (flags.length > 0 ? await runChosen(flags) : await runSteps(allLanes()));
printResult();
process.exit(isGood ? 0 : 1);

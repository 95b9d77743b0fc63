import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { SaleId } from "../../core/ids.ts";
import { progress } from "../../local/start/progress.ts";
import { createSale } from "../create-sale.ts";
import { judgeMemory } from "../report/memory.ts";
import { memoryFinding } from "../report/memory-finding.ts";
import type { LoadTarget } from "../target/target.ts";
import type { JudgedSale, Report } from "../report/report.ts";
import { sampleMemory } from "../report/sample-memory.ts";
import { outcomeRows, timeline } from "../report/summarize.ts";
import { standIns, surroundings } from "../report/surroundings.ts";
import type { LoadFlags } from "./parse-flags.ts";
import { type ArtilleryRun, runArtillery, type SaleAnswer } from "./run-artillery.ts";
import { type Plan, planOf, shoppersOf } from "./scenarios.ts";
import { sellOut } from "./sell-out.ts";

const SAMPLES = 120;
const LEAST_SAMPLE_MS = 500;

/** Runs a scenario against a target, judges each of its sales, and answers the report. Its folder takes the logs. */
export async function runScenario(target: LoadTarget, flags: LoadFlags, folder: string): Promise<Report> {
  const { scenario } = flags;
  const plan = planOf(flags);
  const sessionsFile = target.dataDir === null ? await keepSessions(target, shoppersOf(plan), folder) : null;
  const startedAtMs = Date.now();
  const opensAtMs = startedAtMs + plan.opensInSeconds * 1000;
  const saleIds = await createSales(target, plan, opensAtMs, scenario);
  progress(`${plan.units} units in ${saleIds.join(", ")}`);
  const sold = plan.isSoldOutFirst ? await sellOut(target, saleIds, plan.units) : [];
  const run = { scenario, plan, saleIds, opensAtMs, folder, sessionsFile };
  const { answers, requests, watched } = await runMeasured(target, flags, run);
  const seconds = (Date.now() - startedAtMs) / 1000;
  const sales = await judgeAll(target, saleIds, [...sold, ...answers]);
  const memory = watched?.samples ?? [];
  const { says, fails } = memoryFinding(watched, scenario === "soak");
  return {
    ...surroundings({ ...(await target.versions()), ...standIns(memory) }),
    scenario,
    summary: plan.summary,
    startedAt: new Date(startedAtMs).toISOString(),
    seconds,
    target: target.apiUrl(),
    settings: settingsOf(flags, plan),
    isEqual: sales.every((sale) => sale.isEqual) && !fails,
    sales,
    outcomes: outcomeRows(requests),
    timeline: timeline(requests),
    memory,
    memoryVerdict: judgeMemory(memory),
    memorySays: says,
  };
}

type Run = Omit<ArtilleryRun, "apiUrl" | "dataDir">;

/** Lets the shoppers come, and samples the memory of the servers where they are on this machine. */
async function runMeasured(target: LoadTarget, flags: LoadFlags, run: Run) {
  const { dataDir } = target;
  const everyMs = Math.max(LEAST_SAMPLE_MS, (flags.seconds * 1000) / SAMPLES);
  const memory = dataDir === null ? null : sampleMemory(dataDir, everyMs);
  const log = await runArtillery({ ...run, apiUrl: target.apiUrl(), dataDir }).finally(() => memory?.stop());
  progress(
    `${log.answers.length} answers to purchases, ${log.requests.length - log.answers.length} to looks`,
  );
  return { ...log, watched: memory?.stop() ?? null };
}

async function judgeAll(
  target: LoadTarget,
  saleIds: readonly SaleId[],
  log: readonly SaleAnswer[],
): Promise<JudgedSale[]> {
  const judged: JudgedSale[] = [];
  for (const saleId of saleIds)
    judged.push(
      await target.judge(
        saleId,
        log.filter((answer) => answer.saleId === saleId),
      ),
    );
  return judged;
}

/** Where the logs and the report of a run go. */
export const folderOf = (scenario: string, startedAtMs: number): string =>
  join(".local", "load", `${scenario}-${new Date(startedAtMs).toISOString().replaceAll(/[:.]/g, "-")}`);

/** Signs so many shoppers in, for Artillery's threads to read; answers the file. */
async function keepSessions(target: LoadTarget, count: number, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = resolve(folder, "sessions.json");
  writeFileSync(file, JSON.stringify(await target.sessions(count)), { mode: 0o600 });
  return file;
}

const createSales = (target: LoadTarget, { sales, units }: Plan, opensAtMs: number, scenario: string) =>
  Promise.all(
    Array.from({ length: sales }, (_, index) =>
      createSale(
        target.apiUrl(),
        {
          name: `Load: ${scenario} ${index + 1}`,
          allocated: units,
          startsAt: new Date(opensAtMs).toISOString(),
        },
        target.operatorToken,
      ),
    ),
  );

function settingsOf({ seconds }: LoadFlags, { sales, units, variables }: Plan): Report["settings"] {
  const rest = Object.entries(variables).map(([name, value]) => [
    name.slice("LOAD_".length).toLowerCase().replaceAll("_", " "),
    value,
  ]);
  return { sales, units, seconds, ...(Object.fromEntries(rest) as Record<string, number>) };
}

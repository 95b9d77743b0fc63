import { join } from "node:path";
import type { SaleId } from "../../core/ids.ts";
import { progress } from "../../local/start/progress.ts";
import { createSale } from "../create-sale.ts";
import { prepareAttempts } from "../crowd/prepare-attempts.ts";
import { sendCrowd } from "../crowd/send-crowd.ts";
import type { LoadCloud } from "../load-cloud.ts";
import { judgeMemory } from "../report/memory.ts";
import type { JudgedSale, Report } from "../report/report.ts";
import { sampleMemory } from "../report/sample-memory.ts";
import { outcomeRows, timeline } from "../report/summarize.ts";
import { surroundings } from "../report/surroundings.ts";
import { awaitSettledAnywhere } from "../verdict/await-settled-anywhere.ts";
import type { ClientAnswer } from "../verdict/client-answer.ts";
import { formatVerdict } from "../verdict/format-verdict.ts";
import { judge } from "../verdict/verdict.ts";
import type { LoadFlags } from "./parse-flags.ts";
import { runArtillery } from "./run-artillery.ts";
import { type Plan, planOf } from "./scenarios.ts";

const SAMPLES = 120;
const LEAST_SAMPLE_MS = 500;
const SELL_OUT_CONNECTIONS = 16;

/** Runs a scenario against a local cloud, judges each of its sales, and answers the report. Its folder takes the logs. */
export async function runScenario(cloud: LoadCloud, flags: LoadFlags, folder: string): Promise<Report> {
  const { scenario, dataDir } = flags;
  const plan = planOf(flags);
  const { apiUrl } = cloud.addresses();
  const startedAtMs = Date.now();
  const opensAtMs = startedAtMs + plan.opensInSeconds * 1000;
  const saleIds = await createSales(apiUrl, plan, opensAtMs, scenario);
  progress(`${plan.units} units in ${saleIds.join(", ")}`);
  const sold = plan.isSoldOutFirst ? await sellOut(cloud, saleIds, plan.units) : [];

  const everyMs = Math.max(LEAST_SAMPLE_MS, (flags.seconds * 1000) / SAMPLES);
  const memory = sampleMemory(dataDir, everyMs);
  const run = { scenario, plan, apiUrl, dataDir, saleIds, opensAtMs, folder };
  const { answers, requests } = await runArtillery(run).finally(() => memory.stop());
  const seconds = (Date.now() - startedAtMs) / 1000;
  progress(`${answers.length} answers to purchases, ${requests.length - answers.length} to looks`);

  const sales: JudgedSale[] = [];
  for (const saleId of saleIds)
    sales.push(
      await judgeSale(cloud, saleId, [...sold, ...answers.filter((answer) => answer.saleId === saleId)]),
    );
  const memoryVerdict = judgeMemory(memory.samples);
  const isFlat = scenario !== "soak" || memoryVerdict.every((verdict) => verdict.isFlat);
  return {
    ...surroundings(),
    scenario,
    says: plan.says,
    startedAt: new Date(startedAtMs).toISOString(),
    seconds,
    target: apiUrl,
    settings: settingsOf(flags, plan),
    isEqual: sales.every((sale) => sale.isEqual) && isFlat,
    sales,
    outcomes: outcomeRows(requests),
    timeline: timeline(requests),
    memory: memory.samples,
    memoryVerdict,
  };
}

/** Where the logs and the report of a run go. */
export const folderOf = (scenario: string, startedAtMs: number): string =>
  join(".local", "load", `${scenario}-${new Date(startedAtMs).toISOString().replaceAll(/[:.]/g, "-")}`);

const createSales = (apiUrl: string, { sales, units }: Plan, opensAtMs: number, scenario: string) =>
  Promise.all(
    Array.from({ length: sales }, (_, index) =>
      createSale(apiUrl, {
        name: `Load: ${scenario} ${index + 1}`,
        allocated: units,
        startsAt: new Date(opensAtMs).toISOString(),
      }),
    ),
  );

/** Sells all units of the one sale; the answers belong to its log. */
async function sellOut(
  cloud: LoadCloud,
  [saleId]: readonly SaleId[],
  units: number,
): Promise<ClientAnswer[]> {
  if (!saleId) return [];
  const attempts = prepareAttempts(cloud.addresses().apiUrl, saleId, { buyers: units, twice: 0, seed: 1 });
  const apiUrl = () => cloud.addresses().apiUrl;
  const log = await sendCrowd({ apiUrl, attempts, connections: SELL_OUT_CONNECTIONS });
  progress("Sold out");
  return log;
}

async function judgeSale(
  cloud: LoadCloud,
  saleId: SaleId,
  log: readonly ClientAnswer[],
): Promise<JudgedSale> {
  const facts = await awaitSettledAnywhere(cloud, saleId);
  const violations = judge(facts, log);
  return { saleId, isEqual: violations.length === 0, verdict: formatVerdict(facts, log, violations) };
}

function settingsOf({ seconds }: LoadFlags, { sales, units, variables }: Plan): Report["settings"] {
  const rest = Object.entries(variables).map(([name, value]) => [
    name.slice("LOAD_".length).toLowerCase().replaceAll("_", " "),
    value,
  ]);
  return { sales, units, seconds, ...(Object.fromEntries(rest) as Record<string, number>) };
}

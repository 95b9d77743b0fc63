import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { SaleId } from "../../core/ids.ts";
import type { RequestLine } from "../report/summarize.ts";
import type { ClientAnswer } from "../verdict/client-answer.ts";
import { installArtillery } from "./install-artillery.ts";
import type { Plan, ScenarioName } from "./scenarios.ts";

export type ArtilleryRun = {
  readonly scenario: ScenarioName;
  readonly plan: Plan;
  readonly apiUrl: string;
  /** Null: a deployed stage. */
  readonly dataDir: string | null;
  /** Of shoppers who are signed in already; null: they sign in by themselves. */
  readonly sessionsFile: string | null;
  readonly saleIds: readonly SaleId[];
  readonly opensAtMs: number;
  /** Takes what the shoppers write. */
  readonly folder: string;
};

export type SaleAnswer = ClientAnswer & { readonly saleId: SaleId };
export type ArtilleryLog = {
  readonly answers: readonly SaleAnswer[];
  readonly requests: readonly RequestLine[];
};

/** Runs a scenario against an API and answers all that its shoppers were told. @throws if Artillery itself fails. */
export async function runArtillery(run: ArtilleryRun): Promise<ArtilleryLog> {
  const program = installArtillery();
  const folder = resolve(run.folder);
  mkdirSync(folder, { recursive: true });
  const variables = Object.entries(run.plan.variables).map(([name, value]) => [name, String(value)]);
  const child = spawn(process.execPath, [program, "run", "--quiet", `scenarios/${run.scenario}.yml`], {
    cwd: import.meta.dirname,
    env: {
      ...process.env,
      ARTILLERY_DISABLE_TELEMETRY: "1",
      ...(Object.fromEntries(variables) as Record<string, string>),
      LOAD_TARGET: run.apiUrl,
      LOAD_DATA_FOLDER: run.dataDir === null ? "" : resolve(run.dataDir),
      LOAD_SESSIONS: run.sessionsFile ?? "",
      LOAD_SALE_IDS: run.saleIds.join(","),
      LOAD_OPENS_AT_MS: String(run.opensAtMs),
      LOAD_LOG_FOLDER: folder,
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`Artillery ended with exit code ${code}`);
  return { answers: readLines(folder, "answers"), requests: readLines(folder, "requests") };
}

const readLines = <Line>(folder: string, kind: string): Line[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"))
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);

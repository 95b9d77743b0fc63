import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { SaleId } from "../../core/ids.ts";
import type { ClientAnswer } from "../verdict/client-answer.ts";
import { installArtillery } from "./install-artillery.ts";

export type Arrivals = {
  /** Shoppers a second at the peak. */
  readonly peak: number;
  readonly rampSeconds: number;
  readonly peakSeconds: number;
};

/** Runs the scenario against an API and answers the client log. @throws if Artillery itself fails. */
export async function runArtillery(
  apiUrl: string,
  saleId: SaleId,
  arrivals: Arrivals,
): Promise<ClientAnswer[]> {
  const program = installArtillery();
  const logFolder = resolve(".local", "load", saleId);
  mkdirSync(logFolder, { recursive: true });
  const child = spawn(process.execPath, [program, "run", "scenario.yml"], {
    cwd: import.meta.dirname,
    env: {
      ...process.env,
      ARTILLERY_DISABLE_TELEMETRY: "1",
      LOAD_TARGET: apiUrl,
      LOAD_SALE_ID: saleId,
      LOAD_LOG_FOLDER: logFolder,
      LOAD_PEAK: String(arrivals.peak),
      LOAD_RAMP_SECONDS: String(arrivals.rampSeconds),
      LOAD_PEAK_SECONDS: String(arrivals.peakSeconds),
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`Artillery ended with exit code ${code}`);
  return readdirSync(logFolder).flatMap((name) => readLines(join(logFolder, name)));
}

const readLines = (path: string): ClientAnswer[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as ClientAnswer);

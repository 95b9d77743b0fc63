import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { BenchCloud } from "./bench-cloud.ts";
import type { Measurement } from "./measurement.ts";

const SCRIPT = fileURLToPath(new URL("rank-lots.ts", import.meta.url));
const MOST_MS = 12_000;
const MOST_MB = 300;

/** A million entries: leaves, root, lots and their order, by the guardian's own rules. */
export async function benchLine(_cloud: BenchCloud): Promise<Measurement[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT], { timeout: 60_000 });
  const { elapsedMs, cpuMs, maxRssMb } = JSON.parse(stdout) as Record<
    "elapsedMs" | "cpuMs" | "maxRssMb",
    number
  >;
  return [
    {
      budget: "1,000,000 lots: leaves, root and order",
      figure: `${(elapsedMs / 1000).toFixed(1)} s, ${(cpuMs / 1000).toFixed(1)} s of processor, ${maxRssMb.toFixed(0)} MB`,
      goal: `< ${MOST_MS / 1000} s, < ${MOST_MB} MB`,
      isMet: elapsedMs < MOST_MS && maxRssMb < MOST_MB,
    },
  ];
}

import { readFileSync, readdirSync } from "node:fs";

/** In the environment of everything that a test run starts. */
export const RUN_MARK = "FLASH_SALE_TEST_RUN";

const PARTS = /redis-server|valkey-server|postgres|-server\.ts|worker-host\.ts|start\.ts/;

/** The parts of a local cloud that still run and bear the mark; Linux only, empty elsewhere. */
export function markedProcesses(mark: string): string[] {
  return readPids().flatMap((pid) => {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, "utf8").includes(`${RUN_MARK}=${mark}`)) return [];
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      return PARTS.test(command) ? [`${pid} ${command}`] : [];
    } catch {
      return []; // it ended while we looked, or is not ours to read
    }
  });
}

function readPids(): string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

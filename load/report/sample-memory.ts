import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { runningPid } from "../../local/start/prepare-data-folder.ts";
import type { WatchedMemory } from "./memory-finding.ts";
import { type MemorySample, memoryOf } from "./memory.ts";

const run = promisify(execFile);
const LIST_LIMIT_BYTES = 16 * 1024 * 1024;

/** Samples the memory of the `npm start` of a data folder and of all its processes, until it is stopped. */
export function sampleMemory(dataDir: string, everyMs: number) {
  const samples: MemorySample[] = [];
  let tries = 0;
  let problem: string | null = null;

  async function sample(): Promise<void> {
    const pid = runningPid(dataDir);
    if (pid === null) throw new Error(`no \`npm start\` uses ${dataDir}`);
    const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid=,rss=,args="], {
      maxBuffer: LIST_LIMIT_BYTES,
    });
    samples.push({ atMs: Date.now(), bytes: memoryOf(stdout, pid) });
  }

  const timer = setInterval(() => {
    tries++;
    void sample().catch(({ message }: Error) => (problem = message));
  }, everyMs);

  return {
    stop: (): WatchedMemory => {
      clearInterval(timer);
      return { samples, tries, problem };
    },
  };
}

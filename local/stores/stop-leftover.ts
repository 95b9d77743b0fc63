import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

function commandLine(pid: number): string {
  try {
    if (existsSync("/proc/self/cmdline")) return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/**
 * Stops the process that an earlier, killed run left behind, and removes its pid file.
 *
 * A pid is only trusted if the process's command line names `dataDir`: pids are used again.
 */
export async function stopLeftover(pidFile: string, dataDir: string, signal: NodeJS.Signals): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number.parseInt(readFileSync(pidFile, "utf8"), 10);
  const isOurs = () => pid > 1 && commandLine(pid).includes(dataDir);
  const endsAtMs = Date.now() + 4000;
  if (isOurs()) {
    process.kill(pid, signal);
    while (isOurs() && Date.now() < endsAtMs) await sleep(20);
    if (isOurs()) process.kill(pid, "SIGKILL");
    while (isOurs() && Date.now() < endsAtMs + 1000) await sleep(20);
  }
  rmSync(pidFile, { force: true });
}

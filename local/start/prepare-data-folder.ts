import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { LocalError } from "../local-error.ts";

/** Every folder that the local cloud makes in the data folder: `--fresh` removes these and nothing else. */
const PARTS = [
  "redis",
  "redis-cluster",
  "postgres",
  "postgres.unfinished",
  "sqs",
  "dynamo",
  "beacon",
  "payments",
  "seeded.json",
];
const LOCK = "running.pid";

export type DataFolder = { readonly path: string; release(): void };

/** Makes the data folder ready, and refuses one that cannot be used or that another start is using. */
export function prepareDataFolder(path: string, isFresh: boolean): DataFolder {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isFile = code === "EEXIST" || code === "ENOTDIR";
    const problem = isFile ? "is not a folder, or lies in a file" : "cannot be written";
    throw new LocalError(`The data folder ${folder} ${problem}: choose another with --data DIR.`);
  }
  const lock = join(folder, LOCK);
  const owner = livingOwner(lock);
  if (owner)
    throw new LocalError(
      `The data folder ${folder} is in use by process ${owner}: stop it, or choose another with --data DIR.`,
    );
  writeFileSync(lock, String(process.pid));
  if (isFresh) for (const part of PARTS) rmSync(join(folder, part), { recursive: true, force: true });
  return { path: folder, release: () => rmSync(lock, { force: true }) };
}

/** The process of the `npm start` that uses a data folder; null: none does. */
export const runningPid = (path: string): number | null => livingOwner(join(resolve(path), LOCK)) ?? null;

function livingOwner(lock: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(lock, "utf8"), 10);
    if (pid === process.pid || !isStart(pid)) return undefined;
    return pid;
  } catch {
    return undefined;
  }
}

/** Whether the process is a start of ours; pids are used again after a kill -9. */
function isStart(pid: number): boolean {
  process.kill(pid, 0);
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("start.ts");
  } catch {
    return process.platform !== "linux";
  }
}

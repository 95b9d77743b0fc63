import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { LocalError } from "../local-error.ts";

const PROGRAMS = ["redis-server", "valkey-server"];

function onPath(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program))).find(existsSync);
}

/** Finds Redis or Valkey on PATH; on Debian and Ubuntu, installs it if root or passwordless sudo allows. */
export function findRedisServer(): string {
  const binary = onPath() ?? (canInstall() ? install() : undefined);
  if (binary) return binary;
  throw new LocalError(
    "Redis is not installed: install it (`apt install redis-server`, `brew install redis`), or set REDIS_URL to a running one.",
  );
}

const isRoot = process.getuid?.() === 0;
const sudo = isRoot ? [] : ["sudo", "-n"];

function run(...command: string[]): boolean {
  const [program = "", ...args] = [...sudo, ...command];
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

function canInstall(): boolean {
  return existsSync("/usr/bin/apt-get") && (isRoot || run("true"));
}

function install(): string | undefined {
  process.stdout.write("Installing redis-server with apt (once) …\n");
  // RUNLEVEL=1 makes Debian's invoke-rc.d refuse to start the system's own Redis service.
  const quiet = ["env", "RUNLEVEL=1", "DEBIAN_FRONTEND=noninteractive"];
  run(...quiet, "apt-get", "update", "-qq");
  run(...quiet, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "redis-server");
  return onPath();
}

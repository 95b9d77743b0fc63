// Runs a command of this project on Node 24, after installing what is missing. It stands alone: no dependency, no
// TypeScript, and nothing newer than Node 20, because it is what a fresh clone runs first.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { commandHelp } from "./command-help.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const node24 = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/** What each command runs. */
const entries = {
  start: "local/start.ts",
  test: "tests/tools/run.ts",
  check: "tests/tools/check.ts",
  crowd: "load/crowd/crowd.ts",
  load: "load/artillery/load.ts",
  capacity: "load/capacity/capacity.ts",
  bench: "load/bench/bench.ts",
  faults: "load/faults/faults.ts",
  fairness: "load/fairness/fairness.ts",
  ops: "ops/ops.ts",
  "bench:web": "load/web/bench-web.ts",
  screens: "tests/browser/screens.ts",
  "share-picture": "tests/browser/share-picture.ts",
  site: "local/site.ts",
  preflight: "ops/preflight.ts",
  postman: "postman-collection/generate.ts",
  smoke: "ops/smoke.ts",
  dev: "local/dev.ts",
  explore: "tests/protocol/explore.ts",
  environment: "ops/environment/write-environment.ts",
  "db:migrate": "ops/migrate.ts",
  "db:seed": "local/seed.ts",
};

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8")).packages ?? {};
  } catch {
    return undefined;
  }
}

/** Compares the lockfile with npm's own record of what it installed; that record is written last, so a torn install shows. */
function isInstalled() {
  const locked = readPackages("package-lock.json");
  if (!locked)
    fail("package-lock.json is missing or broken: restore it with `git checkout package-lock.json`.");
  const installed = readPackages("node_modules/.package-lock.json");
  if (!installed || !existsSync(node24)) return false;
  return Object.entries(locked).every(
    ([path, { version, optional }]) =>
      path === "" || optional || (installed[path] && installed[path].version === version),
  );
}

function install() {
  const startedMs = Date.now();
  process.stdout.write("Installing packages (first run, or the lockfile changed) … ");
  // --loglevel=error hides EBADENGINE warnings: the packages run on the Node 24 that is installed, not on this one.
  const { status, error, stderr } = spawnSync("npm", ["ci", "--loglevel=error", "--no-audit", "--no-fund"], {
    cwd: root,
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1", ASTRO_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status === 0 && existsSync(node24)) {
    console.log(`${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
    return;
  }
  console.log("failed");
  if (error) fail(`npm could not be run (${error.message}): install npm, then repeat the command.`);
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(stderr))
    fail(
      "npm cannot reach its registry: connect to the network (or set npm's proxy), then repeat the command.",
    );
  fail(`npm ci failed; correct what it says, then repeat the command:\n${stderr.trim()}`);
}

const [command = "", ...flags] = process.argv.slice(2);
const entry = Object.hasOwn(entries, command) ? entries[command] : undefined;
if (!entry) fail(`There is no command "${command}": use one of ${Object.keys(entries).join(", ")}.`);
if (flags.includes("--help") && Object.hasOwn(commandHelp, command)) {
  console.log(commandHelp[command]);
  process.exit(0);
}
if (Number(process.versions.node.split(".")[0]) < 20)
  fail(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
if (!isInstalled()) install();

// The IPC channel tells the child when this process dies, even by kill -9.
const child = spawn(node24, ["--import", "./local/lua-hook.mjs", entry, ...flags], {
  cwd: root,
  // Tools started by name get Node 24 too.
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`, ASTRO_TELEMETRY_DISABLED: "1" },
  stdio: ["inherit", "inherit", "inherit", "ipc"],
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) =>
  fail(`Node 24 could not be started (${error.message}): remove node_modules and repeat.`),
);
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { LocalError } from "../../local/local-error.ts";
import { progress } from "../../local/start/progress.ts";

const FOLDER = import.meta.dirname;
/** npm writes it last. */
const RECORD = join(FOLDER, "node_modules", ".package-lock.json");

/** Answers the path of Lighthouse's program, after installing it if it is missing: too large for the project's install. */
export function installLighthouse(): string {
  if (!existsSync(RECORD)) {
    progress("Installing Lighthouse (first run only, about 190 MB) …");
    const { status, stderr } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: FOLDER,
      // npm runs on the Node it finds first, and Lighthouse wants a new one.
      env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"]}` },
      encoding: "utf8",
    });
    if (status !== 0) throw new LocalError(`Lighthouse could not be installed:\n${stderr}`);
  }
  return join(FOLDER, "node_modules", "lighthouse", "cli", "index.js");
}

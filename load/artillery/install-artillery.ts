import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { LocalError } from "../../local/local-error.ts";
import { progress } from "../../local/start/progress.ts";

const FOLDER = import.meta.dirname;
const PROGRAM = join(FOLDER, "node_modules", "artillery", "bin", "run");

type Lock = { readonly packages: Readonly<Record<string, { readonly version: string }>> };

/**
 * Answers the path of Artillery's program, after installing it if it is missing: about half a gigabyte, so it is a
 * package of its own and no part of the project's install.
 */
export function installArtillery(): string {
  if (isInstalled()) return PROGRAM;
  progress("Installing Artillery (first run only, about 470 MB) …");
  // No install script is needed: they would download a browser and compile an addon for a metrics service.
  const { status, stderr } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: FOLDER,
    env: {
      ...process.env,
      PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1",
      // npm runs on the Node it finds first, and takes older packages if theirs is too new for it.
      PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"]}`,
    },
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new LocalError(`Artillery could not be installed:\n${stderr}`);
  return PROGRAM;
}

/** By npm's own record, which it writes last. */
function isInstalled(): boolean {
  const recordFile = join(FOLDER, "node_modules", ".package-lock.json");
  if (!existsSync(recordFile)) return false;
  const name = "node_modules/artillery";
  const versionIn = (file: string) =>
    (JSON.parse(readFileSync(file, "utf8")) as Lock).packages[name]?.version;
  return versionIn(recordFile) === versionIn(join(FOLDER, "package-lock.json"));
}

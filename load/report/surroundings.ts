import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, cpus, platform, release, totalmem } from "node:os";

/** Where a run was made, and of what: two reports are only to be compared if these agree. */
export type Surroundings = {
  readonly revision: string;
  readonly hardware: string;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
};

const GIB = 1024 ** 3;

export function surroundings(): Surroundings {
  const processors = cpus();
  return {
    revision: revision(),
    hardware: `${processors.length} × ${processors[0]?.model ?? "unknown processor"}, ${(totalmem() / GIB).toFixed(1)} GiB`,
    system: `${platform()} ${release()} ${arch()}`,
    versions: { node: process.versions.node, artillery: artilleryVersion() },
  };
}

const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();

/** The commit, with a mark if files differ from it. */
function revision(): string {
  try {
    return (
      git("rev-parse", "--short=12", "HEAD") + (git("status", "--porcelain") === "" ? "" : " with changes")
    );
  } catch {
    return "not under git";
  }
}

function artilleryVersion(): string {
  const file = new URL("../artillery/package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { dependencies: { artillery: string } }).dependencies
    .artillery;
}

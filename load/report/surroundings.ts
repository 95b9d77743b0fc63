import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, cpus, platform, release, totalmem } from "node:os";
import type { MemorySample } from "./memory.ts";

/** Where a run was made, and of what: two reports are only to be compared if these agree. */
export type Surroundings = {
  readonly revision: string;
  readonly hardware: string;
  readonly system: string;
  readonly versions: Versions;
};

/** By the name of what it is. */
export type Versions = Readonly<Record<string, string>>;

const GIB = 1024 ** 3;

/** @param stores what the API ran on */
export function surroundings(stores: Versions = {}): Surroundings {
  const processors = cpus();
  return {
    revision: revision(),
    hardware: `${processors.length} × ${processors[0]?.model ?? "unknown processor"}, ${(totalmem() / GIB).toFixed(1)} GiB`,
    system: `${platform()} ${release()} ${arch()}`,
    versions: { node: process.versions.node, artillery: artilleryVersion(), ...stores },
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

/** The packages that stand in for AWS on this machine, by the process that was seen to run each. */
const STAND_INS = { SQS: "fauxqs", DynamoDB: "dynalite" } as const;

/** Versions of the stand-ins that ran; where none of ours did, containers or AWS took its place. */
export function standIns(memory: readonly MemorySample[]): Versions {
  const seen = new Set(memory.flatMap(({ bytes }) => Object.keys(bytes)));
  return Object.fromEntries(
    Object.entries(STAND_INS).flatMap(([name, dependency]) =>
      seen.has(name) ? [[`${name} (${dependency})`, dependencyOf("../../package.json", dependency)]] : [],
    ),
  );
}

const artilleryVersion = () => dependencyOf("../artillery/package.json", "artillery");

type Package = Readonly<Record<"dependencies" | "devDependencies", Readonly<Record<string, string>>>>;

/** The version of a dependency, each of which is pinned. */
function dependencyOf(file: string, name: string): string {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(new URL(file, import.meta.url), "utf8"),
  ) as Package;
  return { ...dependencies, ...devDependencies }[name] ?? "unknown";
}

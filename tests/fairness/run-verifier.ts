import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Files } from "./world.ts";

const script = join(import.meta.dirname, "..", "..", "verify-fairness.mjs");

/** Runs the script as anybody would, on a folder of its own. */
export function runVerifier(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { encoding: "utf8" });
  return { status, stdout, stderr };
}

/** The same on files, in one file. */
export function verifyFiles(files: Files, ...words: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "fairness-"));
  try {
    const file = join(folder, "files.json");
    writeFileSync(file, JSON.stringify(files));
    return runVerifier(file, ...words);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

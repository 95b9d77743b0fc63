import { spawnSync } from "node:child_process";

export type Step = {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** What usually mends it. */
  readonly remedy?: string;
};

/** Runs the steps in turn and prints each with its time; the first that fails shows its output and ends the run. */
export function runSteps(steps: readonly Step[]): boolean {
  for (const { name, command, remedy } of steps) {
    const [program, ...args] = command;
    const startedMs = performance.now();
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64 * 1024 * 1024,
    });
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1).padStart(6);
    const isGood = status === 0;
    console.log(`${isGood ? "ok    " : "FAILED"} ${seconds} s  ${name}`);
    if (isGood) continue;
    console.log(`${stdout ?? ""}${stderr ?? ""}${error ? error.message : ""}`.trim());
    if (remedy) console.log(`Usually mended by: ${remedy}`);
    return false;
  }
  return true;
}

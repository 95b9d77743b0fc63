import { spawn } from "node:child_process";
import { once } from "node:events";

export type Step = {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** What usually mends it. */
  readonly remedy?: string;
  /** Its output is shown as it comes; else only if it fails, at its end. */
  readonly isShown?: boolean;
};

/** Runs the lanes beside each other, the steps of each in turn; answers whether all went well. */
export async function runSteps(lanes: readonly (readonly Step[])[]): Promise<boolean> {
  return (await Promise.all(lanes.map(runLane))).every(Boolean);
}

/** The first step that fails ends its lane. */
async function runLane(steps: readonly Step[]): Promise<boolean> {
  for (const step of steps) if (!(await runStep(step))) return false;
  return true;
}

/** Prints the step with its time, and if it failed, its output. */
async function runStep({ name, command, remedy, isShown = false }: Step): Promise<boolean> {
  const [program, ...args] = command;
  const startedMs = performance.now();
  const outlet = isShown ? "inherit" : "pipe";
  const child = spawn(program, args, { stdio: ["ignore", outlet, outlet] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  const isGood = await once(child, "close").then(
    ([status]) => status === 0,
    (error: Error) => {
      output += error.message;
      return false;
    },
  );
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1).padStart(6);
  console.log(`${isGood ? "ok    " : "FAILED"} ${seconds} s  ${name}`);
  if (isGood) return true;
  console.log(output.trim());
  if (remedy) console.log(`Usually mended by: ${remedy}`);
  return false;
}

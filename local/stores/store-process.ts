import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "./store.ts";

const OUTPUT_KEPT_CHARACTERS = 4000;

export type StoreProcess = Omit<Store, "url"> & {
  /** Whether it has ended by itself, at the signal, with exit code 0. */
  readonly hasEndedWell: () => boolean;
  /** The last lines it wrote, for error messages. */
  readonly output: () => string;
};

/** Watches a store's process: keeps its last output, reports a crash, stops it with a signal and then with SIGKILL. */
export function superviseStore(
  name: string,
  child: ChildProcess,
  options: { stopSignal: NodeJS.Signals; stopLimitMs: number },
): StoreProcess {
  let output = "";
  let isStopping = false;
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-OUTPUT_KEPT_CHARACTERS));
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const exited = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  });
  const crashed = new Promise<Error>((resolve) => {
    void exited.then((how) => {
      if (!isStopping) resolve(new Error(`${name} stopped by itself (${how}).`));
    });
  });

  async function stop(): Promise<void> {
    isStopping = true;
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(options.stopSignal);
    // A frozen process does not see the signal until it is thawed.
    child.kill("SIGCONT");
    const limit = new AbortController();
    const late = sleep(options.stopLimitMs, "late", { signal: limit.signal }).catch(() => "stopped");
    if ((await Promise.race([gone, late])) === "late") {
      child.kill("SIGKILL");
      await gone;
    }
    limit.abort();
  }

  return {
    name,
    crashed,
    stop,
    output: () => output,
    hasEndedWell: () => isStopping && child.exitCode === 0,
    ...(child.pid === undefined ? {} : { pid: child.pid }),
  };
}

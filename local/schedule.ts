import { setTimeout as sleep } from "node:timers/promises";
import { guardian } from "../core/topology.ts";
import type { Runner } from "./runner/runner.ts";

/** Short runs one after another do what a run each minute does in production, and stop soon. */
const RUN_SECONDS = 2;
const AFTER_FAILURE_MS = 500;

/** Runs the guardian for as long as the local cloud runs. */
export function startSchedule(runner: Runner, onError: (error: unknown) => void) {
  let isStopping = false;
  const done = (async () => {
    while (!isStopping) {
      try {
        await runner.invoke(guardian, { runSeconds: RUN_SECONDS });
      } catch (error) {
        if (!isStopping) onError(error);
        await sleep(AFTER_FAILURE_MS);
      }
    }
  })();
  return {
    async stop(): Promise<void> {
      isStopping = true;
      await done;
    },
  };
}

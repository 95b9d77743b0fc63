import { setTimeout as sleep } from "node:timers/promises";
import { guardian } from "../core/topology.ts";
import type { Runner } from "./runner/runner.ts";

/** Short runs one after another do what a run each minute does in production, and stop soon. */
const RUN_SECONDS = 2;
const AFTER_FAILURE_MS = 500;
/** A run that is frozen or stuck is left to the runner, which ends its worker. */
const STOP_LIMIT_MS = RUN_SECONDS * 1000 + 1_000;

/** Runs the guardian for as long as the local cloud runs. */
export function startSchedule(runner: Runner, onError: (error: unknown) => void) {
  const stopping = new AbortController();
  const done = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await runner.invoke(guardian, { runSeconds: RUN_SECONDS });
      } catch (error) {
        if (!stopping.signal.aborted) onError(error);
        await sleep(AFTER_FAILURE_MS);
      }
    }
  })();
  return {
    async stop(): Promise<void> {
      stopping.abort();
      await Promise.race([done, sleep(STOP_LIMIT_MS, undefined, { ref: false })]);
    },
  };
}

import { setTimeout as sleep } from "node:timers/promises";
import { type Schedule, type ScheduleName, schedules } from "../core/topology.ts";
import type { Runner } from "./runner/runner.ts";

/** Of a function that goes on for most of its time: short runs one after another do what long ones do, and stop soon. */
const RUN_SECONDS = 2;
const AFTER_FAILURE_MS = 500;
/** A run that is frozen or stuck is left to the runner, which ends its worker. */
const STOP_LIMIT_MS = RUN_SECONDS * 1000 + 1_000;

/** Runs a function of the schedules for as long as the local cloud runs, from now on. */
export function startSchedule(runner: Runner, schedule: Schedule, onError: (error: unknown) => void) {
  const isGoingOn = schedule.runSeconds !== undefined;
  const event = isGoingOn ? { runSeconds: RUN_SECONDS } : {};
  const pauseMs = isGoingOn ? 0 : schedule.everySeconds * 1000;
  const stopping = new AbortController();
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => {});
  const done = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await runner.invoke(schedule, event);
        if (pauseMs > 0) await pause(pauseMs);
      } catch (error) {
        if (!stopping.signal.aborted) onError(error);
        await pause(Math.max(pauseMs, AFTER_FAILURE_MS));
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

const allSchedules = (Object.keys(schedules) as ScheduleName[]).filter(
  (name) => !(schedules[name] as Schedule).isForProduction,
);

/** The schedules that a cloud is to run, by name or all of them. */
export const chosenSchedules = (chosen: readonly ScheduleName[] | "all"): readonly Schedule[] =>
  (chosen === "all" ? allSchedules : chosen).map((name) => schedules[name]);

import { setTimeout as sleep } from "node:timers/promises";
import { schedules } from "../../core/topology.ts";
import type { WorkerRunner } from "../../local/runner/worker-runner.ts";
import { startSchedule } from "../../local/schedule.ts";

const { guardian } = schedules;
const LOOK_EVERY_MS = 20;

/** Guardians at work: none, one, or several at once. */
export function startGuardians(workers: WorkerRunner, onError: (error: unknown) => void) {
  const running: ReturnType<typeof startSchedule>[] = [];
  const add = () => void running.push(startSchedule(workers, guardian, onError));

  /** Ends them all, by kill -9 in whatever they are doing. */
  async function down(): Promise<void> {
    const stopped = running.splice(0).map((schedule) => schedule.stop());
    const ended = Promise.all(stopped).then(() => "ended" as const);
    // A schedule may have been about to call one more.
    do await Promise.all(workers.workers(guardian.handler).map((worker) => worker.kill()));
    while ((await Promise.race([ended, sleep(LOOK_EVERY_MS, "again" as const)])) === "again");
  }

  add();
  return {
    add,
    down,
    /** Back to a single one. */
    async reset(): Promise<void> {
      await down();
      add();
    },
  };
}

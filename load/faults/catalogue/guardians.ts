import { setTimeout as sleep } from "node:timers/promises";
import type { FaultPoint } from "../../../core/fault-point.ts";
import { bothLimits, type Fault, losesPlaces } from "../fault.ts";
import { untilRecovered } from "../until-recovered.ts";
import { atPoint } from "../worker-control.ts";
import { flush } from "./redis-lost.ts";

/** Longer than a lease, a purchase, a consumer's run, and the time that a message stays hidden here. */
const DOWN_MS = 35_000;
const STOP_LIMIT_MS = 20_000;
/** For a thawed ghost to do what it can. */
const GHOST_MS = 3_000;

const recovers = { limits: bothLimits, voids: losesPlaces, mayReject: true } as const;

const killed = (step: string, point: FaultPoint): Fault => ({
  ...recovers,
  name: `recovery-killed-${step}`,
  line: `guardian killed in a recovery, ${step.replaceAll("-", " ")}`,
  prepare: (cloud) => cloud.workers.rearm("guardian", atPoint(point, "SIGKILL", [0])),
  inject: async (stage) => {
    await stage.midBurst();
    await flush(stage);
    await untilRecovered(stage);
  },
});

const frozen = (step: string, point: FaultPoint, frozenMs: number): Fault => ({
  ...recovers,
  name: `recovery-frozen-${step}`,
  line: `guardian frozen in a recovery, ${step.replaceAll("-", " ")}, another takes over, thawed`,
  prepare: (cloud) => cloud.workers.rearm("guardian", atPoint(point, "SIGSTOP", [0])),
  inject: async (stage) => {
    const { guardians, workers } = stage.cloud;
    await stage.midBurst();
    await flush(stage);
    const ghost = await workers.untilStopped("guardian", STOP_LIMIT_MS);
    if (!ghost) throw new Error(`no guardian came to ${point}`);
    ghost.freeze();
    const frozenAtMs = performance.now();
    guardians.add();
    await untilRecovered(stage);
    await sleep(Math.max(0, frozenAtMs + frozenMs - performance.now()));
    ghost.thaw();
    await sleep(GHOST_MS);
  },
});

/** Guardians that are absent, many, dead or late. */
export const guardians: readonly Fault[] = [
  {
    ...recovers,
    name: "guardian-down",
    line: "guardian down for longer than every time limit",
    inject: async (stage) => {
      await stage.midBurst();
      await stage.cloud.guardians.down();
      await stage.cloud.workers.kill("purchase");
      await sleep(1_000);
      await flush(stage);
      await sleep(DOWN_MS);
      stage.cloud.guardians.add();
    },
  },
  {
    ...recovers,
    name: "two-guardians",
    line: "two guardians at once",
    prepare: async (cloud) => cloud.guardians.add(),
    inject: async (stage) => {
      await stage.midBurst();
      await flush(stage);
      await untilRecovered(stage);
    },
  },
  {
    ...recovers,
    name: "guardian-killed",
    line: "kill -9 of the guardian at any step",
    isChaotic: true,
    inject: async (stage) => {
      await stage.midBurst();
      await stage.cloud.workers.kill("guardian");
    },
  },
  killed("after-begin", "recovery_after_begin"),
  killed("after-marking", "recovery_after_marking"),
  killed("before-resume", "recovery_before_resume"),
  frozen("after-begin", "recovery_after_begin", 60_000),
  frozen("after-marking", "recovery_after_marking", 20_000),
  frozen("before-resume", "recovery_before_resume", 60_000),
];

import { setTimeout as sleep } from "node:timers/promises";
import { bothLimits, type Fault, losesPlaces } from "../fault.ts";
import { atPoint } from "../worker-control.ts";
import { wrongClock } from "../wrong-clock.ts";
import { flush } from "./redis-lost.ts";

const TEN_MINUTES_MS = 600_000;
const WORKERS = 5;
const CLOCK_STEP_MS = 1_300;
const STOP_LIMIT_MS = 20_000;
/** Inside a purchase's time limit: it is answered 202. */
const SLOW_PURCHASE_MS = 3_800;

const repeat = <T>(value: T, times: number): T[] => Array.from({ length: times }, () => value);

/** Clocks that are wrong by ten minutes. */
export const clocks: readonly Fault[] = [
  ...[-TEN_MINUTES_MS, TEN_MINUTES_MS].map((shiftMs): Fault => ({
    name: `clock-purchase-${shiftMs < 0 ? "slow" : "fast"}`,
    line: `clock of the purchase Lambdas ${shiftMs < 0 ? "ten minutes behind" : "ten minutes ahead"}`,
    limits: bothLimits,
    voids: losesPlaces,
    mayReject: true,
    prepare: (cloud) => cloud.workers.rearm("purchase", repeat(wrongClock(shiftMs), WORKERS)),
    inject: async (stage) => {
      await stage.midBurst();
      await flush(stage);
    },
  })),
  {
    name: "clock-guardian",
    line: "clock of the guardian ten minutes ahead",
    limits: bothLimits,
    voids: losesPlaces,
    mayReject: true,
    prepare: (cloud) => cloud.workers.rearm("guardian", [wrongClock(TEN_MINUTES_MS)]),
    inject: async (stage) => {
      await stage.midBurst();
      await flush(stage);
    },
  },
  {
    name: "clock-guardian-steps",
    line: "clock of the guardian jumps by ten minutes in a recovery, while a purchase takes 4 s",
    limits: bothLimits,
    voids: losesPlaces,
    mayReject: true,
    // Few units, so that those who ask again have taken them all before the slow purchase goes on.
    units: 30,
    prepare: async (cloud) => {
      await cloud.workers.rearm("guardian", [wrongClock(TEN_MINUTES_MS, CLOCK_STEP_MS)]);
      await cloud.workers.rearm("purchase", atPoint("purchase_after_reserve", "SIGSTOP", [2, 2]));
    },
    inject: async (stage) => {
      const { workers } = stage.cloud;
      await workers.untilStopped("purchase", STOP_LIMIT_MS);
      await flush(stage);
      await sleep(SLOW_PURCHASE_MS);
      const slow = workers.stopped("purchase");
      if (slow.length === 0) throw new Error("no purchase was slow");
      for (const { pid } of slow) process.kill(pid, "SIGCONT");
    },
  },
];

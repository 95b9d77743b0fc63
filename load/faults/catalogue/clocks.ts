import { setTimeout as sleep } from "node:timers/promises";
import { type Fault, losesPlaces } from "../fault.ts";
import { atPoint } from "../worker-control.ts";
import { flush } from "./redis-lost.ts";

const shim = new URL("../wrong-clock.mjs", import.meta.url).href;
const TEN_MINUTES_MS = 600_000;
const WORKERS = 5;

/** A worker whose clock is wrong all the time, or (`stepMs`) is wrong and right in turns. */
const wrongClock = (shiftMs: number, stepMs = 0) => ({
  NODE_OPTIONS: `--import ${shim}`,
  CLOCK_SHIFT_MS: String(shiftMs),
  CLOCK_STEP_MS: String(stepMs),
});

const repeat = <T>(one: T, times: number): T[] => Array.from({ length: times }, () => one);

/** Clocks that are wrong by ten minutes. */
export const clocks: readonly Fault[] = [
  ...[-TEN_MINUTES_MS, TEN_MINUTES_MS].map((shiftMs): Fault => ({
    name: `clock-purchase-${shiftMs < 0 ? "slow" : "fast"}`,
    line: `clock of the purchase Lambdas ${shiftMs < 0 ? "ten minutes behind" : "ten minutes ahead"}`,
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
    line: "clock of the guardian set right, and wrong, in a recovery, while a purchase takes 3 s",
    voids: losesPlaces,
    mayReject: true,
    prepare: async (cloud) => {
      await cloud.workers.rearm("guardian", [wrongClock(TEN_MINUTES_MS, 700)]);
      await cloud.workers.rearm("purchase", atPoint("purchase_after_reserve", "SIGSTOP", [1, 2, 3]));
    },
    inject: async (stage) => {
      await stage.midBurst();
      await stage.cloud.workers.untilStopped("purchase", 3_000);
      await flush(stage);
      await sleep(3_500);
      for (const { pid } of stage.cloud.workers.stopped("purchase")) process.kill(pid, "SIGCONT");
    },
  },
];

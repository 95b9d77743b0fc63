import { happening, touching } from "../engine/operation.ts";
import { callsOf } from "../engine/process.ts";

/**
 * Time, as far as it decides: a drain lasts longer than a purchase may run. So whoever started before a drain that is over
 * is out of time. Drains are numbered as they start.
 */
export type Time = { readonly started: number; readonly latestEnded: number };

export const noTime: Time = { started: 0, latestEnded: 0 };

export const timeOperations = {
  endDrain: touching(
    { writes: ["time.ended"] },
    happening<Time, { readonly drain: number }, "over">(
      "time",
      ({ drain }, time) => ["over", { ...time, latestEnded: Math.max(drain, time.latestEnded) }],
      () => "has waited for longer than a purchase can run",
    ),
  ),
  /** Whether a purchase is still within its time limit. */
  isInTime: touching(
    { reads: ["time.ended"] },
    happening<Time, { readonly since: number }, boolean>(
      "time",
      ({ since }, time) => [time.latestEnded <= since, time],
      (_, reply) => `looks at its stopwatch: ${reply ? "in time" : "too late"}`,
    ),
  ),
};

export const time = callsOf<typeof timeOperations>("time");

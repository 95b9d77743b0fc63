import type { LineState } from "../../../core/line/line-state.ts";
import { happening } from "../engine/operation.ts";
import { callsOf } from "../engine/process.ts";
import { type Log, stateOf } from "./line.ts";

/** What time decides in a line: lists that have been waited for, steps and lapses that hold, and turns that are over. */
export type LineClock = {
  readonly waitedFor: number;
  readonly holds: number;
  readonly turnsOver: number;
  readonly lapsed: number;
};
export const lineClockBegins: LineClock = { waitedFor: 0, holds: 0, turnsOver: 0, lapsed: 0 };

const certain = <Args>(
  run: (args: Args, clock: LineClock, state: LineState) => LineClock | null,
  sentence: (args: Args) => string,
) => ({
  kind: "certain" as const,
  on: ["clock", "log"],
  run: (args: Args, clock: LineClock, log: Log) => {
    const next = run(args, clock, stateOf(log));
    return next === null ? [] : [{ reply: null, next: [next, log] }];
  },
  sentence: (args: Args) => sentence(args),
  touches: { reads: ["log"], writes: ["clock"] },
});

export const lineClockOperations = {
  /** Longer than a join that began before the closing can run. */
  waitFor: certain<{ readonly list: number }>(
    ({ list }, clock, { lists }) =>
      lists.length > list ? { ...clock, waitedFor: Math.max(clock.waitedFor, list + 1) } : null,
    ({ list }) => `has waited for longer than a join to list ${list} can run`,
  ),
  isInTime: happening<LineClock, { readonly list: number }, boolean>(
    "clock",
    ({ list }, clock) => [clock.waitedFor <= list, clock],
    (_, reply) => `looks at its stopwatch: ${reply ? "in time" : "too late"}`,
  ),
  hold: certain<null>(
    (_, clock, { steps }) => (steps.length > clock.holds ? { ...clock, holds: steps.length } : null),
    () => "lets the steps of the log hold, three seconds later",
  ),
  endTurn: certain<null>(
    (_, clock) => (clock.turnsOver < clock.holds ? { ...clock, turnsOver: clock.turnsOver + 1 } : null),
    () => "ends the turns of the next step",
  ),
  letLapse: certain<null>(
    (_, clock, { lapsedSteps }) => (lapsedSteps > clock.lapsed ? { ...clock, lapsed: lapsedSteps } : null),
    () => "lets the lapse hold, three seconds later",
  ),
};
export const lineClock = callsOf<typeof lineClockOperations>("clock");

import type { SaleMode } from "../../core/contract/sale-mode.ts";

/** What breaks in the middle of a launch. */
export const breakages = ["redis", "guardian"] as const;
export type Breakage = (typeof breakages)[number];

/** One launch that is measured. */
export type LaunchPlan = {
  readonly mode: SaleMode["kind"];
  readonly hasDefences: boolean;
  readonly breakage: Breakage | null;
};

export const launchModes = ["open", "waiting_room", "draw"] as const;

/**
 * Launches that run at the same time in one cloud: what breaks there breaks for all of them. Those with defences and those
 * without run one after the other: two cores do not serve six launches of 20,000 people within a turn of 90 s.
 */
export const launchGroups: readonly (readonly LaunchPlan[])[] = [
  ...[true, false].map((hasDefences) => launchModes.map((mode) => ({ mode, hasDefences, breakage: null }))),
  ...breakages.flatMap((breakage) => [
    (["waiting_room", "draw"] as const).map((mode) => ({ mode, hasDefences: true, breakage })),
    // Over before a line has begun to move: what breaks, breaks in its middle.
    [{ mode: "open" as const, hasDefences: true, breakage }],
  ]),
];

const breakageNames = { redis: "Redis lost", guardian: "guardian killed" } as const;

/** As tables and files name it. */
export const nameOf = ({ mode, hasDefences, breakage }: LaunchPlan): string =>
  [mode, `defences ${hasDefences ? "on" : "off"}`, ...(breakage ? [breakageNames[breakage]] : [])].join(", ");

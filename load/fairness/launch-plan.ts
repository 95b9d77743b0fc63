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

/** Launches that run at the same time in one cloud: what breaks there breaks for all of them. */
export const launchGroups: readonly (readonly LaunchPlan[])[] = [
  launchModes.flatMap((mode) => [true, false].map((hasDefences) => ({ mode, hasDefences, breakage: null }))),
  ...breakages.map((breakage) =>
    (["waiting_room", "draw"] as const).map((mode) => ({ mode, hasDefences: true, breakage })),
  ),
];

const breakageNames = { redis: "Redis lost", guardian: "guardian killed" } as const;

/** As tables and files name it. */
export const nameOf = ({ mode, hasDefences, breakage }: LaunchPlan): string =>
  [mode, `defences ${hasDefences ? "on" : "off"}`, ...(breakage ? [breakageNames[breakage]] : [])].join(", ");

import type { LoadFlags } from "./parse-flags.ts";

export const scenarioNames = ["drop", "arrivals", "flood", "soak"] as const;
export type ScenarioName = (typeof scenarioNames)[number];

/** What a scenario's file reads: numbers alone, as variables of its environment. */
export type Plan = {
  /** In a sentence, for the report. */
  readonly summary: string;
  readonly sales: number;
  /** Of each sale. */
  readonly units: number;
  /** From now; negative: open already. */
  readonly opensInSeconds: number;
  /** Sold before Artillery comes, by a crowd of as many. */
  readonly isSoldOutFirst: boolean;
  /** Artillery's own: shoppers a second, or in all. */
  readonly variables: Readonly<Record<`LOAD_${string}`, number>>;
};

/** How many shoppers one of Artillery's stands for in a flood: it makes one for about a millisecond of a processor. */
const SHOPPERS_IN_ONE = 10;
const FLOOD = 50;
/** Artillery takes a moment to come. */
const START_SECONDS = 5;
const SECONDS_A_MINUTE = 60;

/** Artillery rounds its rates. */
const MARGIN = 1.1;

/** How many shoppers come at most. */
export function shoppersOf({ variables }: Plan): number {
  const of = (name: keyof Plan["variables"], absent: number) => variables[name] ?? absent;
  const inAll = of("LOAD_SHOPPERS", 0) * of("LOAD_SHOPPERS_IN_ONE", 1);
  const byRate = of("LOAD_RATE", 0) * of("LOAD_SECONDS", 0);
  const byRamp = of("LOAD_PEAK", 0) * (of("LOAD_SECONDS", 0) + of("LOAD_AFTER_SECONDS", 0));
  return Math.ceil((inAll + byRate + byRamp) * MARGIN);
}

/** What a scenario does with its flags. Pure. */
export function planOf({ scenario, shoppers, units, seconds, sales }: LoadFlags): Plan {
  const common = { sales: 1, units, isSoldOutFirst: false };
  switch (scenario) {
    case "drop":
      return {
        ...common,
        summary: "Everyone waits on the page, and buys at the opening, at once.",
        opensInSeconds: seconds + START_SECONDS,
        variables: { LOAD_SHOPPERS: shoppers, LOAD_SECONDS: seconds },
      };
    case "arrivals":
      return {
        ...common,
        summary:
          "Shoppers come ever faster until the opening, ask as the page does, buy when it opens, follow their order.",
        opensInSeconds: seconds + START_SECONDS,
        // The ramp from 1 to its peak takes all but the last tenth of the shoppers; those come after the opening.
        variables: {
          LOAD_PEAK: Math.max(1, Math.round((shoppers * 2) / (seconds * 1.2))),
          LOAD_SECONDS: seconds,
          LOAD_AFTER_SECONDS: Math.max(1, Math.round(seconds / 10)),
        },
      };
    case "flood":
      return {
        ...common,
        summary: `${FLOOD} times as many shoppers as there were units come when all are sold.`,
        opensInSeconds: -SECONDS_A_MINUTE,
        isSoldOutFirst: true,
        variables: {
          LOAD_SHOPPERS: Math.ceil((units * FLOOD) / SHOPPERS_IN_ONE),
          LOAD_SHOPPERS_IN_ONE: SHOPPERS_IN_ONE,
          LOAD_SECONDS: seconds,
        },
      };
    case "soak":
      return {
        ...common,
        summary: "A steady stream of shoppers at several sales, for long; memory must stay flat.",
        sales,
        opensInSeconds: -SECONDS_A_MINUTE,
        variables: { LOAD_RATE: Math.max(1, Math.round(shoppers / seconds)), LOAD_SECONDS: seconds },
      };
    default:
      return scenario satisfies never;
  }
}

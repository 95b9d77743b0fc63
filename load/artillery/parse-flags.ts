import { LocalError } from "../../local/local-error.ts";
import { readFlags, wholeFlag } from "../flags.ts";
import { type ScenarioName, scenarioNames } from "./scenarios.ts";

export type LoadFlags = {
  readonly scenario: ScenarioName;
  readonly url: string;
  readonly dataDir: string;
  readonly shoppers: number;
  /** Of each sale. */
  readonly units: number;
  readonly seconds: number;
  readonly sales: number;
  readonly wantsHelp: boolean;
};

type Sizes = Pick<LoadFlags, "shoppers" | "units" | "seconds" | "sales">;

/** A soak offers half as many units as shoppers come: it sells for half of its time, and refuses for the other. */
const defaults: Readonly<Record<ScenarioName, Sizes>> = {
  drop: { shoppers: 1_000, units: 200, seconds: 10, sales: 1 },
  arrivals: { shoppers: 600, units: 200, seconds: 30, sales: 1 },
  flood: { shoppers: 0, units: 100, seconds: 20, sales: 1 },
  soak: { shoppers: 9_000, units: 1_500, seconds: 600, sales: 3 },
};

export const helpText = `npm run load -- drop|arrivals|flood|soak [flags]

Sends Artillery's shoppers to the API that \`npm start\` runs in another terminal, judges each sale by exact counts, and writes a
report, as JSON and as a page with charts. Exit code 1 if anything differs.

  drop      everyone waits, and buys at the opening, at once
  arrivals  shoppers come ever faster until the opening, ask as the page does, buy, follow their order
  flood     50 times as many shoppers as there were units, when all are sold
  soak      a steady stream at several sales for 10 minutes; memory of every process must stay flat

  --url URL      the API (default http://127.0.0.1:4000); https://… the site of the stage that was deployed from here
  --data DIR     data folder of that \`npm start\` (default .local)
  --shoppers N   who come in all (drop ${defaults.drop.shoppers}, arrivals ${defaults.arrivals.shoppers}, soak ${defaults.soak.shoppers}; a flood's follow from its units)
  --units N      units of each sale (${scenarioNames.map((name) => `${name} ${defaults[name].units}`).join(", ")})
  --seconds S    how long they come (${scenarioNames.map((name) => `${name} ${defaults[name].seconds}`).join(", ")})
  --sales N      sales of a soak (default ${defaults.soak.sales})
  --help         this text`;

/** Reads the flags of `npm run load`; the first word is the scenario. */
export function parseFlags([name, ...args]: readonly string[]): LoadFlags {
  if (name === "--help" || name === "-h") return { ...parseFlags(["drop"]), wantsHelp: true };
  const scenario = scenarioNames.find((known) => known === name);
  if (!scenario)
    throw new LocalError(
      `Name a scenario, one of ${scenarioNames.join(", ")}: see \`npm run load -- --help\`.`,
    );
  const values = readFlags("load", args, {
    url: { type: "string", default: "http://127.0.0.1:4000" },
    data: { type: "string", default: ".local" },
    shoppers: { type: "string" },
    units: { type: "string" },
    seconds: { type: "string" },
    sales: { type: "string" },
    help: { type: "boolean", default: false },
  });
  const size = (flag: keyof Sizes) =>
    values[flag] === undefined ? defaults[scenario][flag] : wholeFlag(flag, values[flag], 1);
  return {
    scenario,
    url: values.url,
    dataDir: values.data,
    shoppers: size("shoppers"),
    units: size("units"),
    seconds: size("seconds"),
    sales: size("sales"),
    wantsHelp: values.help,
  };
}

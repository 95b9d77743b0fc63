import { parseArgs } from "node:util";
import { LocalError } from "../../local/local-error.ts";
import type { CrowdSize } from "./prepare-attempts.ts";

export type CrowdFlags = CrowdSize & {
  readonly units: number;
  readonly connections: number;
  /** Of a local API that runs already; absent: a cloud of its own. */
  readonly url: string | undefined;
  /** The data folder of that API. */
  readonly dataDir: string;
  readonly wantsHelp: boolean;
};

export const helpText = `npm run crowd -- [flags]

Sends a crowd to one sale and judges it by exact counts over gate, ledger, PostgreSQL and every answer given.

  --buyers N       people who want one unit each (default 10000)
  --units N        units of the sale (default 1000)
  --connections N  keep-alive connections (default 64)
  --twice SHARE    share of the requests sent twice at the same time (default 0.33)
  --seed N         chooses which; the same seed, the same choice (default: a new one, printed)
  --url URL        use the API that \`npm start\` runs, such as http://127.0.0.1:4000; default: a local cloud of its own
  --data DIR       data folder of that \`npm start\` (default .local)
  --help           this text`;

const MOST_SEED = 2 ** 31;

/** Reads the flags of `npm run crowd`. */
export function parseFlags(args: readonly string[]): CrowdFlags {
  const values = parse(args);
  const whole = (name: "buyers" | "units" | "connections" | "seed", least: number) => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= least) return value;
    throw new LocalError(`--${name} must be a whole number from ${least}, not "${values[name]}".`);
  };
  const twice = Number(values.twice);
  if (!(twice >= 0 && twice <= 1))
    throw new LocalError(`--twice must be a share from 0 to 1, not "${values.twice}".`);
  return {
    buyers: whole("buyers", 1),
    units: whole("units", 1),
    connections: whole("connections", 1),
    twice,
    seed: values.seed === undefined ? Math.floor(Math.random() * MOST_SEED) : whole("seed", 0),
    url: values.url,
    dataDir: values.data,
    wantsHelp: values.help,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        buyers: { type: "string", default: "10000" },
        units: { type: "string", default: "1000" },
        connections: { type: "string", default: "64" },
        twice: { type: "string", default: "0.33" },
        seed: { type: "string" },
        url: { type: "string" },
        data: { type: "string", default: ".local" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    const problem = (error as Error).message.split(". ", 1)[0];
    throw new LocalError(`${problem}: see \`npm run crowd -- --help\`.`);
  }
}

import { LocalError } from "../../local/local-error.ts";
import { readFlags, seedFlag, wholeFlag } from "../flags.ts";
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

/** Reads the flags of `npm run crowd`. */
export function parseFlags(args: readonly string[]): CrowdFlags {
  const values = readFlags("crowd", args, {
    buyers: { type: "string", default: "10000" },
    units: { type: "string", default: "1000" },
    connections: { type: "string", default: "64" },
    twice: { type: "string", default: "0.33" },
    seed: { type: "string" },
    url: { type: "string" },
    data: { type: "string", default: ".local" },
    help: { type: "boolean", default: false },
  });
  const twice = Number(values.twice);
  if (!(twice >= 0 && twice <= 1))
    throw new LocalError(`--twice must be a share from 0 to 1, not "${values.twice}".`);
  return {
    buyers: wholeFlag("buyers", values.buyers, 1),
    units: wholeFlag("units", values.units, 1),
    connections: wholeFlag("connections", values.connections, 1),
    twice,
    seed: seedFlag(values.seed),
    url: values.url,
    dataDir: values.data,
    wantsHelp: values.help,
  };
}

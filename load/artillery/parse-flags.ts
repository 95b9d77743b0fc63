import { readFlags, wholeFlag } from "../flags.ts";
import type { Arrivals } from "./run-artillery.ts";

export type LoadFlags = Arrivals & {
  readonly url: string;
  readonly dataDir: string;
  readonly units: number;
  readonly wantsHelp: boolean;
};

export const helpText = `npm run load -- [flags]

Sends Artillery's shoppers to the API that \`npm start\` runs in another terminal: they arrive ever faster, look at a new
sale, and buy. Judges the sale by exact counts.

  --url URL      the API (default http://127.0.0.1:4000)
  --data DIR     data folder of that \`npm start\` (default .local)
  --units N      units of the sale (default 500)
  --peak N       shoppers a second at the peak (default 100)
  --ramp S       seconds until the peak (default 20)
  --seconds S    seconds at the peak (default 20)
  --help         this text`;

/** Reads the flags of `npm run load`. */
export function parseFlags(args: readonly string[]): LoadFlags {
  const values = readFlags("load", args, {
    url: { type: "string", default: "http://127.0.0.1:4000" },
    data: { type: "string", default: ".local" },
    units: { type: "string", default: "500" },
    peak: { type: "string", default: "100" },
    ramp: { type: "string", default: "20" },
    seconds: { type: "string", default: "20" },
    help: { type: "boolean", default: false },
  });
  return {
    url: values.url,
    dataDir: values.data,
    units: wholeFlag("units", values.units, 1),
    peak: wholeFlag("peak", values.peak, 1),
    rampSeconds: wholeFlag("ramp", values.ramp, 1),
    peakSeconds: wholeFlag("seconds", values.seconds, 1),
    wantsHelp: values.help,
  };
}

import { parseArgs } from "node:util";
import { LocalError } from "../../local/local-error.ts";
import { catalogue } from "./catalogue/catalogue.ts";

export type FaultFlags = {
  readonly only: readonly string[];
  readonly clouds: number;
  readonly wantsList: boolean;
  readonly wantsHelp: boolean;
};

export const helpText = `npm run faults -- [flags]

Breaks a local cloud in every way that the design names, under live traffic, and judges each by exact counts.

  --only A,B     run these faults only
  --list         name the faults
  --clouds N     clouds at once (default 3)
  --help         this text`;

/** Reads the flags of `npm run faults`. */
export function parseFlags(args: readonly string[]): FaultFlags {
  const values = parse(args);
  const only = values.only?.split(",") ?? [];
  const unknown = only.filter((name) => catalogue.every((fault) => fault.name !== name));
  if (unknown.length > 0) throw new LocalError(`There is no fault "${unknown[0]}": see --list.`);
  const clouds = Number(values.clouds);
  if (!Number.isInteger(clouds) || clouds < 1)
    throw new LocalError(`--clouds must be a whole number from 1, not "${values.clouds}".`);
  return { only, clouds, wantsList: values.list, wantsHelp: values.help };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: "string" },
        clouds: { type: "string", default: "3" },
        list: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    const problem = (error as Error).message.split(". ", 1)[0];
    throw new LocalError(`${problem}: see \`npm run faults -- --help\`.`);
  }
}

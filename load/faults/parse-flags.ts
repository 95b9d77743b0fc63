import { LocalError } from "../../local/local-error.ts";
import { readFlags, seedFlag, wholeFlag } from "../flags.ts";
import { catalogue } from "./catalogue/catalogue.ts";
import { clusterCatalogue } from "./catalogue/cluster.ts";
import { lineCatalogue } from "./catalogue/line.ts";
import { paymentCatalogue } from "./catalogue/payment.ts";
import type { AnyFault } from "./run-matrix.ts";

export type FaultFlags = {
  readonly mode: "matrix" | "chaos" | "measure" | "list" | "help";
  readonly only: readonly string[];
  /** The purchase limit of the runs; null: both. */
  readonly limit: 1 | 3 | null;
  /** The gate's Redis is a cluster over TLS. */
  readonly hasCluster: boolean;
  readonly clouds: number;
  readonly seconds: number;
  readonly seed: number;
};

export const helpText = `npm run faults -- [flags]

Breaks a local cloud in every way that the design names, under live traffic, and judges each by exact counts.
Then measures how long healing takes. What is needed to understand a miss is kept under .local/faults.

  --only A,B     run these faults only, and measure nothing
  --limit 1|3    run the lines with this purchase limit only, and measure nothing
  --cluster      against a Redis Cluster over TLS: its own lines, and those in which Redis breaks
  --list         name the faults, and the purchase limits that each is run with
  --clouds N     clouds at once (default 2)
  --measure      only measure
  --chaos        random faults at random times instead, over several sales
  --seconds N    with --chaos: how long (default 300)
  --seed N       with --chaos: the same seed gives the same plan (default: a new one, printed)
  --help         this text`;

export const catalogueOf = (hasCluster: boolean): readonly AnyFault[] =>
  hasCluster ? clusterCatalogue : [...catalogue, ...lineCatalogue, ...paymentCatalogue];

/** Reads the flags of `npm run faults`. */
export function parseFlags(args: readonly string[]): FaultFlags {
  const values = readFlags("faults", args, {
    only: { type: "string" },
    limit: { type: "string" },
    cluster: { type: "boolean", default: false },
    clouds: { type: "string", default: "2" },
    seconds: { type: "string", default: "300" },
    seed: { type: "string" },
    chaos: { type: "boolean", default: false },
    measure: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });
  const only = values.only?.split(",") ?? [];
  const unknown = only.find((name) => catalogueOf(values.cluster).every((fault) => fault.name !== name));
  if (unknown !== undefined) throw new LocalError(`There is no fault "${unknown}": see --list.`);
  if (values.cluster && (values.chaos || values.measure))
    throw new LocalError("--cluster runs the matrix: leave out --chaos and --measure.");
  const modes = ["help", "list", "chaos", "measure"] as const;
  return {
    mode: modes.find((mode) => values[mode]) ?? "matrix",
    only,
    limit: limitFlag(values.limit),
    hasCluster: values.cluster,
    clouds: wholeFlag("clouds", values.clouds, 1),
    seconds: wholeFlag("seconds", values.seconds, 20),
    seed: seedFlag(values.seed),
  };
}

function limitFlag(value: string | undefined): FaultFlags["limit"] {
  if (value === undefined) return null;
  if (value !== "1" && value !== "3") throw new LocalError(`--limit is "${value}": give 1 or 3.`);
  return value === "1" ? 1 : 3;
}

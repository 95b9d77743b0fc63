import { readFileSync } from "node:fs";
import * as v from "valibot";
import { LocalError } from "../../local/local-error.ts";

const ms = v.pipe(v.number(), v.minValue(0));
const demand = v.object({
  client: ms,
  api: ms,
  beside: ms,
  gate: ms,
  ledger: ms,
  queue: ms,
  database: ms,
});

/** Redis's processor time for a call, in milliseconds, network included; and how many calls a second it took meanwhile. */
const gateCalls = v.object({
  refusedMs: ms,
  reservedMs: ms,
  clearMs: ms,
  refusalsPerSecond: ms,
  reservationsPerSecond: ms,
});

const serviceTimes = v.object({
  measuredAt: v.string(),
  revision: v.string(),
  hardware: v.object({
    processors: v.string(),
    node: v.string(),
    redis: v.string(),
  }),
  /** The purchase function's own processor time for a request, in milliseconds; each includes the one before. */
  function: v.object({ memoryMs: ms, refusedMs: ms, acceptedMs: ms }),
  /** Of clients that pipeline, and of clients that wait for each reply, as Lambda's do. */
  gate: v.object({ pipelined: gateCalls, alone: gateCalls }),
  /** From a fresh process until the purchase function could take its first request. */
  importMs: ms,
  /** Processor time by part of the local cloud, for one attempt or one order. */
  local: v.object({ refused: demand, accepted: demand, consumed: demand }),
});

export type ServiceTimes = v.InferOutput<typeof serviceTimes>;
export type LocalDemands = ServiceTimes["local"];
export type Demand = LocalDemands["refused"];

export const STORED = "load/capacity/service-times.json";

/** @throws LocalError in one sentence if the file is none of service times */
export function readServiceTimes(path: string): ServiceTimes {
  try {
    return v.parse(serviceTimes, JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new LocalError(
      `${path} has no service times (${(error as Error).message}): make it by \`npm run capacity -- --measure\`.`,
    );
  }
}

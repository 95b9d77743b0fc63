/** How people are let in; see the glossary. */
export type Mode = "open" | "waiting_room" | "draw";

/** One sale, and who comes to it. */
export type Scenario = {
  readonly crowd: number;
  readonly units: number;
  readonly seed: number;
  readonly arrivals: Arrivals;
};

export type Arrivals =
  /** Each tries once, as soon as their page shows that the sale is open. */
  | { readonly mode: "open"; readonly pollAfterMs: number }
  /** Turns come at the line's pace; some let theirs lapse. */
  | {
      readonly mode: "waiting_room" | "draw";
      readonly admissionsPerSecond: number;
      readonly mostInside: number;
      readonly turnSeconds: number;
      readonly shareWhoBuy: number;
    }
  /** A load client: all at once, each connection one request after the other. */
  | { readonly mode: "connections"; readonly connections: number };

type Trip = {
  /** There and back, median in milliseconds; the store's own work comes on top. */
  readonly roundTripMs: number;
};

/** Where a sale runs: what each part takes, in milliseconds, and how many of it there are. */
export type Stage = {
  /** Absent: each part has processors of its own. */
  readonly sharedCores?: number;
  /** Of the load client's one thread, for a request; absent: everybody has a device of their own. */
  readonly client?: { readonly refusedMs: number; readonly acceptedMs: number };
  /** From the shopper to the API, one way, median. */
  readonly networkMs: number;
  readonly throttle?: { readonly perSecond: number; readonly burst: number };
  /** Absent: one process takes every request at once. */
  readonly environments?: {
    readonly warm: number;
    readonly most: number;
    readonly startsPerSecond: number;
    readonly startsAtOnce: number;
    readonly coldMs: number;
    /** Lambda gives one environment ten requests a second at most. */
    readonly leastHoldMs: number;
  };
  /** Of our own code, by what becomes of the request; each includes the one before. */
  readonly function: {
    readonly memoryMs: number;
    readonly refusedMs: number;
    readonly acceptedMs: number;
    /** Of the runtime's other threads (compiler, collector), beside it, where they share cores. */
    readonly besideRefusedMs?: number;
    readonly besideAcceptedMs?: number;
  };
  readonly gate: Trip & {
    readonly refusedMs: number;
    readonly reservedMs: number;
    readonly clearMs: number;
  };
  /** One server for each part of a sale. */
  readonly ledger: Trip & { readonly parts: number; readonly putMs: number };
  /** Absent servers: it takes whatever comes. */
  readonly queue: Trip & { readonly servers?: number; readonly sendMs: number };
  readonly consumer: {
    readonly batchSize: number;
    readonly windowMs: number;
    readonly atOnce: number;
    readonly functionMs: number;
    readonly databaseMs: number;
    readonly ledgerMs: number;
    readonly queueMs: number;
    readonly commitMs: number;
    readonly databaseServers: number;
  };
};

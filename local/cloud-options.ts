import type { ScheduleName } from "../core/topology.ts";
import type { Concurrency } from "./api-gateway/concurrency.ts";
import type { ExternalStores } from "./stores/start-stores.ts";

export type CloudOptions = {
  /** Where data lives between starts; absent: a temporary folder, removed on stop, and no durability. */
  readonly dataDir?: string;
  /** The address that API and site listen on; default loopback. */
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly apiPort?: number;
  readonly sitePort?: number;
  /** The built site; absent: no site is served, and `siteUrl` is the API's. */
  readonly siteDir?: string;
  /** `in-process` (default): quick, one per process. `workers`: a process per function instance, to be killed and frozen. */
  readonly runner?: "in-process" | "workers";
  /** The API in so many processes on its one port; 0, the default: in this one. Only with the runner `in-process`. */
  readonly apiWorkers?: number;
  /** With `apiWorkers`: their logs for people. */
  readonly hasReadableLogs?: boolean;
  /** Of each function behind the API; default DEFAULT_CONCURRENCY. */
  readonly concurrency?: Concurrency;
  readonly external?: ExternalStores;
  /** True: the gate's Redis is a cluster over TLS, as AWS runs it. */
  readonly hasCluster?: boolean;
  /** Put before the names of queues and tables. */
  readonly prefix?: string;
  /** Overrides of `core/topology.ts`; `false`: no trigger, so messages stay in the queue. */
  readonly trigger?: Partial<TriggerSettings> | false;
  /** What is run in its time, such as the guardian; default nothing, so that a test sees what it did itself. */
  readonly schedules?: readonly ScheduleName[] | "all";
  /** How long a message that a batch failed on stays hidden; default as in production. */
  readonly visibilityTimeoutSeconds?: number;
  /** Added to every function's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** With `workers`: more variables for one worker, such as a fault point; `serial` counts a handler's workers from 0. */
  readonly workerEnvironment?: (handler: string, serial: number) => Readonly<Record<string, string>>;
  /** With `workers`: the module to load for a handler, such as its deployed bundle; default: the handler itself. */
  readonly moduleOf?: (handler: string) => string;
  /** With `workers`: most of them for each function. */
  readonly workersPerFunction?: number;
  /** With `workers`: file descriptor of what they write; default: where this process writes. */
  readonly workerOutput?: number;
  readonly onProgress?: (part: string) => void;
  /** Hears of functions that failed, and of a queue that does not answer; default: written to standard error. */
  readonly onError?: (error: unknown) => void;
};

export type TriggerSettings = {
  readonly batchSize: number;
  readonly batchWindowMs: number;
  readonly maximumConcurrency: number;
};

/** The stores that the environment names; read before an in-process cloud writes its own variables there. */
export function externalStoresFromEnvironment(): ExternalStores {
  return {
    redisUrl: process.env["REDIS_URL"],
    ...(process.env["REDIS_CLUSTER"] === "1" && { redisCluster: { ca: process.env["REDIS_CA"] ?? "" } }),
    databaseUrl: process.env["DATABASE_URL"],
    sqsEndpoint: process.env["SQS_ENDPOINT"],
    dynamoEndpoint: process.env["DYNAMODB_ENDPOINT"],
  };
}

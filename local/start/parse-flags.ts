import { parseArgs } from "node:util";
import { DEFAULT_CONCURRENCY } from "../api-gateway/concurrency.ts";
import { LocalError } from "../local-error.ts";

export type StartFlags = {
  /** Of the site; the API gets 1,000 more. */
  readonly port: number;
  /** The address to listen on. */
  readonly host: string;
  readonly dataDir: string;
  readonly isFresh: boolean;
  readonly mustSeed: boolean;
  readonly hasCluster: boolean;
  /** Processes of the API; 0: it is in the one of all else. */
  readonly apiWorkers: number;
  /** Most requests that one function serves at once, in each process. */
  readonly atOnce: number;
  readonly hasJsonLogs: boolean;
  readonly wantsHelp: boolean;
};

export const helpText = `npm start -- [flags]

Runs the whole platform on this machine: Redis, PostgreSQL, SQS, DynamoDB, the API and the site.

  --port N          port of the site; the API gets N + 1000 (default 3000)
  --host ADDR       address to listen on (default 127.0.0.1: this machine alone)
  --data DIR        where the data lives (default .local)
  --fresh           forget all data first
  --cluster         Redis as AWS runs it: three masters with a replica each, over TLS
  --api-workers N   the API in N processes of its own, on its one port (default 1; 0: in the same process as the rest)
  --concurrency N   most requests that one function serves at once, in each process (default ${DEFAULT_CONCURRENCY.atOnce})
  --json-logs       log as the functions do on AWS: a line of JSON for each entry
  --no-seed         do not create the demonstration sales
  --help            this text

REDIS_URL, DATABASE_URL, SQS_ENDPOINT and DYNAMODB_ENDPOINT name stores that already run; each one left out is started.
If REDIS_URL names a Redis Cluster, set REDIS_CLUSTER=1, and REDIS_CA to its authority's certificate if Node does not know it.`;

const HIGHEST_PORT = 65_535 - 1000;

/** Reads the flags of `npm start`. */
export function parseFlags(args: readonly string[]): StartFlags {
  const { values } = parse(args);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > HIGHEST_PORT)
    throw new LocalError(`--port must be a whole number from 1 to ${HIGHEST_PORT}, not "${values.port}".`);
  return {
    port,
    host: values.host,
    dataDir: values.data,
    isFresh: values.fresh,
    mustSeed: !values["no-seed"],
    hasCluster: values.cluster,
    apiWorkers: count("api-workers", values["api-workers"], 0),
    atOnce: count("concurrency", values.concurrency, 1),
    hasJsonLogs: values["json-logs"],
    wantsHelp: values.help,
  };
}

function count(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && text.trim() !== "") return value;
  throw new LocalError(`--${name} must be a whole number from ${least}, not "${text}".`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string", default: "3000" },
        host: { type: "string", default: "127.0.0.1" },
        data: { type: "string", default: ".local" },
        fresh: { type: "boolean", default: false },
        cluster: { type: "boolean", default: false },
        "api-workers": { type: "string", default: "1" },
        concurrency: { type: "string", default: String(DEFAULT_CONCURRENCY.atOnce) },
        "json-logs": { type: "boolean", default: false },
        "no-seed": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    const problem = (error as Error).message.split(". ", 1)[0];
    throw new LocalError(`${problem}: see \`npm start -- --help\`.`);
  }
}

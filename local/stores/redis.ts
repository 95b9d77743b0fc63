import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "../free-port.ts";
import { LocalError } from "../local-error.ts";
import { externalStore } from "./external-store.ts";
import { findRedisServer } from "./find-redis-server.ts";
import { openRedis } from "./open-redis.ts";
import { spawnTied } from "../spawn-tied.ts";
import { continueLife, noteStoppedLife, readRunId, type StoppedLife, takeStoppedLife } from "./redis-life.ts";
import { stopLeftover } from "./stop-leftover.ts";
import { superviseStore } from "./store-process.ts";
import type { Store } from "./store.ts";

const START_LIMIT_MS = 10_000;
const RESTARTED =
  "it was not stopped in good order, so each sale is rebuilt from the ledger first; that takes about six seconds";
/** Each test file takes one. */
export const REDIS_DATABASES = 256;

export type RedisOptions = {
  readonly dataDir: string;
  readonly externalUrl?: string | undefined;
  /** Present: `externalUrl` is a node of a Redis Cluster. */
  readonly externalCluster?: { readonly ca: string } | undefined;
};

/** A Redis Cluster, over TLS, is known by any of its nodes; `ca` is the authority to trust, empty for those of Node. */
export type RedisStore = Store & { readonly cluster?: { readonly ca: string } | undefined };

/** Starts Redis (or Valkey) on loopback with its append-only file under `dataDir`; at most the last second is lost in a crash. */
export async function startRedis({
  dataDir,
  externalUrl,
  externalCluster,
}: RedisOptions): Promise<RedisStore> {
  if (externalUrl) return startExternal(externalUrl, externalCluster);
  const program = findRedisServer();
  mkdirSync(dataDir, { recursive: true });
  const pidFile = join(dataDir, "redis.pid");
  await stopLeftover(pidFile, dataDir, "SIGTERM");
  const hadData = existsSync(join(dataDir, "appendonlydir"));
  const stopped = takeStoppedLife(dataDir);
  const port = await freePort();
  const settings = {
    port,
    bind: "127.0.0.1",
    dir: dataDir,
    pidfile: pidFile,
    databases: REDIS_DATABASES,
    appendonly: "yes",
    appendfsync: "everysec",
    save: "",
    "maxmemory-policy": "noeviction",
    // Keeps the data folder in the command line, by which a leftover is known.
    "set-proc-title": "no",
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawnTied(program, args, { deathSignal: "SIGTERM" });
  const supervised = superviseStore("Redis", child, { stopSignal: "SIGTERM", stopLimitMs: 3000 });
  const url = `redis://127.0.0.1:${port}`;
  const runId = await Promise.race([supervised.crashed, untilReady(url, stopped)]);
  if (runId instanceof Error) {
    await supervised.stop();
    throw new LocalError(
      `Redis could not start in ${dataDir}: ${runId.message} ${supervised.output().trim()} Start with --fresh, or set REDIS_URL.`,
    );
  }
  const stop = async () => {
    await supervised.stop();
    if (supervised.hasEndedWell()) noteStoppedLife(dataDir, runId);
  };
  const remark = stopped ? "as it was stopped; sales go on" : hadData ? RESTARTED : undefined;
  return { ...supervised, url, stop, remark };
}

async function startExternal(url: string, cluster: RedisStore["cluster"]): Promise<RedisStore> {
  const ask = async () => {
    const client = openRedis({ redisUrl: url, redisCluster: cluster });
    const failed = new Promise<never>((_resolve, reject) => client.once("error", reject));
    try {
      await Promise.race([client.ping(), failed]);
    } finally {
      client.disconnect();
    }
  };
  return { ...(await externalStore({ name: "Redis", variable: "REDIS_URL", url, ask })), cluster };
}

/** Answers the server's `run_id` once it has loaded its data; an Error if it takes too long. */
async function untilReady(url: string, stopped: StoppedLife | null): Promise<string | Error> {
  const client = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on("error", () => {});
  try {
    const late = sleep(START_LIMIT_MS, "late" as const, { ref: false });
    if ((await Promise.race([client.ping(), late])) === "late")
      return new Error("it did not answer within 10 seconds.");
    if (stopped) await continueLife(client, stopped);
    return await readRunId(client);
  } finally {
    client.disconnect();
  }
}

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "../free-port.ts";
import { LocalError } from "../local-error.ts";
import { findRedisServer } from "./find-redis-server.ts";
import { spawnTied } from "../spawn-tied.ts";
import { stopLeftover } from "./stop-leftover.ts";
import { superviseStore } from "./store-process.ts";
import { type Store, externalStore } from "./store.ts";

const START_LIMIT_MS = 10_000;
/** Each test file takes one. */
export const REDIS_DATABASES = 256;

export type RedisOptions = { readonly dataDir: string; readonly externalUrl?: string | undefined };

/** A Redis Cluster, over TLS, is known by any of its nodes; `ca` is the authority to trust, empty for those of Node. */
export type RedisStore = Store & { readonly cluster?: { readonly ca: string } | undefined };

/** Starts Redis (or Valkey) on loopback with its append-only file under `dataDir`; at most the last second is lost in a crash. */
export async function startRedis({ dataDir, externalUrl }: RedisOptions): Promise<RedisStore> {
  if (externalUrl) return externalStore("Redis", externalUrl);
  const program = findRedisServer();
  mkdirSync(dataDir, { recursive: true });
  const pidFile = join(dataDir, "redis.pid");
  await stopLeftover(pidFile, dataDir, "SIGTERM");
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
  const failure = await Promise.race([supervised.crashed, untilReady(url)]);
  if (failure) {
    await supervised.stop();
    throw new LocalError(
      `Redis could not start in ${dataDir}: ${failure.message} ${supervised.output().trim()} Start with --fresh, or set REDIS_URL.`,
    );
  }
  return { ...supervised, url };
}

/** Answers once Redis has loaded its data; an Error if it takes too long. */
async function untilReady(url: string): Promise<Error | undefined> {
  const client = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on("error", () => {});
  try {
    const late = sleep(START_LIMIT_MS, "late" as const, { ref: false });
    const answer = await Promise.race([client.ping(), late]);
    return answer === "late" ? new Error("it did not answer within 10 seconds.") : undefined;
  } finally {
    client.disconnect();
  }
}

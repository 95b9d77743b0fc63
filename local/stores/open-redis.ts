import { Cluster, Redis } from "ioredis";
import type { RedisStore } from "./redis.ts";

/** Where the gate's Redis is, to look past the gate. */
export type RedisAddress = { readonly redisUrl: string; readonly redisCluster?: RedisStore["cluster"] };

const COMMAND_LIMIT_MS = 10_000;
/** About five seconds in all. */
const CONNECTS = 25;

/** A client for tools, which may take longer than the gate's own calls; whoever opens it disconnects it. */
export function openRedis({ redisUrl, redisCluster }: RedisAddress): Redis {
  const options = { commandTimeout: COMMAND_LIMIT_MS };
  if (!redisCluster) return new Redis(redisUrl, options);
  const { hostname: host, port, username, password } = new URL(redisUrl);
  const ca = redisCluster.ca ? { ca: redisCluster.ca } : {};
  const cluster = new Cluster([{ host, port: Number(port) }], {
    dnsLookup: (address, callback) => callback(null, address),
    slotsRefreshTimeout: COMMAND_LIMIT_MS,
    clusterRetryStrategy: (attempt) => (attempt > CONNECTS ? null : 200),
    redisOptions: { ...options, username, password, tls: ca },
  });
  cluster.on("error", () => {}); // what waits for it hears of it
  return cluster as unknown as Redis;
}
